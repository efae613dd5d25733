import { JobName, type Job } from '../contract/jobs.ts'
import { deploymentOf, type Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { loadSettings } from '../settings/settings.ts'
import { claimJob, noteOutcome, readJobs } from './job-rows.ts'
import { jobs } from './jobs.ts'

/** What one run may take; what is left then is for the next one. */
const runMsMax = 20_000
const stepsMax = 50

const everyMs: Record<Job['every'], number> = {
  minutes: 5 * 60_000,
  hour: 3_600_000,
  day: 86_400_000,
}

/** Runs a job and notes how it went. Refuses `conflict` while somebody else runs it. */
export async function runJob(env: Bindings, name: JobName, now: number): Promise<void> {
  if (!(await claimJob(env, name, now))) throw new Fault('conflict', { state: 'running' })
  const startedAt = Date.now()
  let removed = 0
  let isUnfinished = false
  let problem: string | null = null
  try {
    const { values: settings } = await loadSettings(env)
    let steps = 0
    for await (const done of jobs[name].steps({ env, settings, now })) {
      removed += done
      steps++
      isUnfinished = steps === stepsMax || Date.now() - startedAt >= runMsMax
      if (isUnfinished) break
    }
  } catch (error) {
    console.error(error)
    problem = String(error).slice(0, 500)
  }
  const durationMs = Date.now() - startedAt
  await noteOutcome(env, name, { now, durationMs, removed, isUnfinished, problem })
}

/** Runs what a schedule is for, one after the other; none holds back those after it. */
export async function runScheduled(env: Bindings, every: Job['every'], now: number): Promise<void> {
  const rows = await readJobs(env, now)
  // What had more to do than one run may goes on with the next run of anything.
  await runAll(
    env,
    rows.filter((job) => job.every === every || (every === 'minutes' && job.isUnfinished)),
    now,
  )
}

let lookedAt = 0

/** Where no cron fires, requests run what is due, at most once a minute and after their reply. */
export async function runDueJobs(env: Bindings, now: number): Promise<void> {
  if (!deploymentOf(env).isDevelopment || now - lookedAt < 60_000) return
  lookedAt = now
  const rows = await readJobs(env, now)
  await runAll(
    env,
    rows.filter(
      ({ every, lastRunAt, isUnfinished }) =>
        isUnfinished || now - (lastRunAt ?? 0) >= everyMs[every],
    ),
    now,
  )
}

async function runAll(env: Bindings, rows: readonly Job[], now: number): Promise<void> {
  for (const { name, isRunning } of rows) {
    if (isRunning) continue
    try {
      await runJob(env, name, now)
    } catch (error) {
      // Somebody else was faster, or the database did not answer: the next job may fare better.
      if (!(error instanceof Fault)) console.error(error)
    }
  }
}

/** A job by its name in an address, or undefined. */
export function jobNamed(name: string): JobName | undefined {
  return JobName.safeParse(name).data
}
