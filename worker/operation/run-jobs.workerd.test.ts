import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import type { Job, JobName } from '../contract/jobs.ts'
import { openInstallation, TestClient, until } from '../test-client.ts'
import { readJobs } from './job-rows.ts'
import { runJob, runScheduled } from './run-jobs.ts'

const minuteMs = 60_000
let admin: TestClient
let now = Date.now() + 1_000_000

beforeAll(async () => {
  admin = await openInstallation()
  // A deployment for development runs what is due after its first reply.
  await until(async () => {
    const rows = await readJobs(env, Date.now())
    return rows.every(({ lastRunAt, isRunning }) => lastRunAt !== null && !isRunning)
  })
})

const job = async (name: JobName, at = now): Promise<Job> =>
  (await readJobs(env, at)).find((other) => other.name === name)!
const addCounters = (count: number) =>
  env.DB.prepare(
    `insert into rate_counters with recursive n(i) as (select 1 union all select i + 1 from n where i < ?2)
     select 'counter' || i, 1, ?1 from n`,
  )
    .bind(Date.now() - 1, count)
    .run()

it('shows administrators every job, and how its last run went', async () => {
  const { items } = await admin.json<{ items: Job[] }>('GET', '/api/jobs')
  expect(items.find(({ name }) => name === 'audit')).toMatchObject({
    name: 'audit',
    every: 'day',
    isRunning: false,
    isUnfinished: false,
  })
  await env.DB.prepare(`delete from rate_counters`).run()
  await addCounters(3)
  const ran = await admin.json<Job>('POST', '/api/jobs/records/run')
  expect(ran).toMatchObject({ name: 'records', ok: true, removed: 3, isRunning: false })
  expect(ran.lastRunAt).toBeGreaterThan(0)
  expect(ran.durationMs).toBeGreaterThanOrEqual(0)
  expect(ran).not.toHaveProperty('problem')
  const entry = await env.DB.prepare(
    `select kind, actor_name, target_id from audit order by id desc limit 1`,
  ).first()
  expect(entry).toEqual({ kind: 'job.run', actor_name: admin.username, target_id: 'records' })
})

it('lets nobody else see or run one', async () => {
  const user = new TestClient()
  await user.join()
  expect((await user.request('GET', '/api/jobs')).status).toBe(403)
  expect((await user.request('POST', '/api/jobs/audit/run')).status).toBe(403)
  expect((await admin.request('POST', '/api/jobs/nothing/run')).status).toBe(404)
})

it('runs a job once at a time, and again when a run was cut off', async () => {
  const since = Date.now()
  await env.DB.prepare(`update jobs set running_since = ?1 where name = 'records'`)
    .bind(since)
    .run()
  expect(await job('records', since)).toMatchObject({ isRunning: true })
  const refused = await admin.request('POST', '/api/jobs/records/run')
  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({ code: 'conflict', state: 'running' })
  const later = since + 15 * minuteMs
  expect(await job('records', later)).toMatchObject({ isRunning: false, isUnfinished: true })
  const runs = await Promise.allSettled([1, 2, 3].map(() => runJob(env, 'records', later)))
  expect(runs.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
  expect(await job('records', later)).toMatchObject({ lastRunAt: later, isUnfinished: false })
})

it('shows what is wrong with a job that fails, and runs those after it', async () => {
  await env.DB.prepare(`alter table sessions rename to sessions_away`).run()
  now += minuteMs
  await runScheduled(env, 'day', now)
  await env.DB.prepare(`alter table sessions_away rename to sessions`).run()
  expect(await job('sessions')).toMatchObject({
    ok: false,
    removed: 0,
    problem: expect.stringMatching(/sessions/),
    lastRunAt: now,
    isRunning: false,
  })
  expect(await job('records')).toMatchObject({ ok: true, lastRunAt: now })
  now += minuteMs
  await runJob(env, 'sessions', now)
  expect(await job('sessions')).not.toHaveProperty('problem')
  expect(await job('sessions')).toMatchObject({ ok: true, lastRunAt: now })
})

it('leaves a job off after a while, and goes on with it minutes later', async () => {
  await addCounters(25_300)
  now += minuteMs
  await runScheduled(env, 'day', now)
  expect(await job('records')).toMatchObject({ ok: true, removed: 25_000, isUnfinished: true })
  const { lastRunAt } = await job('audit')
  now += 5 * minuteMs
  await runScheduled(env, 'minutes', now)
  expect(await job('records')).toMatchObject({ removed: 300, isUnfinished: false, lastRunAt: now })
  expect(await job('replies')).toMatchObject({ lastRunAt: now })
  expect(await job('audit')).toMatchObject({ lastRunAt })
})

it('runs every job by one of the schedules', async () => {
  now += minuteMs
  for (const every of ['minutes', 'hour', 'day'] as const) await runScheduled(env, every, now)
  const rows = await readJobs(env, now)
  expect(rows.filter(({ lastRunAt }) => lastRunAt !== now)).toEqual([])
  expect(rows.filter(({ ok }) => ok !== true)).toEqual([])
})
