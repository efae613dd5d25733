import type { Bindings } from '../platform/env.ts'
import { deploymentOf } from '../platform/env.ts'
import { jobEveryMs, jobs, type JobName } from './jobs.ts'

/** Runs a job and notes how it went; one that fails is tried again when it is next due. */
export async function runJob(env: Bindings, name: JobName, now: number): Promise<void> {
  await env.DB.prepare(
    `insert into jobs (name, last_run_at, removed) values (?1, ?2, 0)
     on conflict (name) do update set last_run_at = excluded.last_run_at`,
  )
    .bind(name, now)
    .run()
  const outcome = await jobs[name](env, now).then(
    (removed) => ({ ok: 1, removed, problem: null }),
    (error: unknown) => ({ ok: 0, removed: 0, problem: String(error).slice(0, 500) }),
  )
  await env.DB.prepare(
    `update jobs set duration_ms = ?2, ok = ?3, removed = ?4, problem = ?5 where name = ?1`,
  )
    .bind(name, Date.now() - now, outcome.ok, outcome.removed, outcome.problem)
    .run()
}

let lookedAt = 0

/** Where no cron fires, requests run what is due, at most once a minute and after their reply. */
export async function runDueJobs(env: Bindings, now: number): Promise<void> {
  if (!deploymentOf(env).isDevelopment || now - lookedAt < 60_000) return
  lookedAt = now
  const { results } = await env.DB.prepare(`select name, last_run_at as at from jobs`).all<{
    name: string
    at: number
  }>()
  for (const name of Object.keys(jobs) as JobName[]) {
    const at = results.find((row) => row.name === name)?.at ?? 0
    if (now - at >= jobEveryMs[name]) await runJob(env, name, now)
  }
}
