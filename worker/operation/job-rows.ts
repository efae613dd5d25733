import { JobName, type Job } from '../contract/jobs.ts'
import type { Bindings } from '../platform/env.ts'
import { jobs } from './jobs.ts'

/** A run that has said nothing for so long was cut off: another one may begin. */
const lostAfterMs = 15 * 60_000

interface JobRow {
  name: string
  lastRunAt: number
  durationMs: number | null
  ok: number | null
  removed: number
  problem: string | null
  runningSince: number | null
  unfinished: number | null
}

/** Every job there is and how its last run went. */
export async function readJobs(env: Bindings, now: number): Promise<Job[]> {
  const { results } = await env.DB.prepare(
    `select name, last_run_at as lastRunAt, duration_ms as durationMs, ok, removed, problem,
       running_since as runningSince, unfinished from jobs`,
  ).all<JobRow>()
  return JobName.options.map((name) => {
    const row = results.find((other) => other.name === name)
    return toJob(name, row, now)
  })
}

function toJob(name: JobName, row: JobRow | undefined, now: number): Job {
  const runningSince = row?.runningSince ?? null
  const isRunning = runningSince !== null && now - runningSince < lostAfterMs
  return {
    name,
    every: jobs[name].every,
    lastRunAt: row?.lastRunAt ?? null,
    durationMs: row?.durationMs ?? null,
    ok: row?.ok == null ? null : row.ok === 1,
    removed: row?.removed ?? 0,
    ...(row?.problem != null && { problem: row.problem }),
    isRunning,
    // A run that was cut off has left something too.
    isUnfinished: row?.unfinished === 1 || (runningSince !== null && !isRunning),
  }
}

/** Whether the job is this caller's to run now; nobody else's until its outcome is noted. */
export async function claimJob(env: Bindings, name: JobName, now: number): Promise<boolean> {
  const { meta } = await env.DB.prepare(
    `insert into jobs (name, last_run_at, removed, running_since) values (?1, ?2, 0, ?2)
     on conflict (name) do update set last_run_at = ?2, running_since = ?2
     where running_since is null or running_since <= ?3`,
  )
    .bind(name, now, now - lostAfterMs)
    .run()
  return meta.changes === 1
}

export interface Outcome {
  /** When the run began, by which it is known. */
  now: number
  durationMs: number
  removed: number
  isUnfinished: boolean
  /** Null where all went well. */
  problem: string | null
}

export async function noteOutcome(
  env: Bindings,
  name: JobName,
  { now, durationMs, removed, isUnfinished, problem }: Outcome,
): Promise<void> {
  await env.DB.prepare(
    `update jobs set running_since = null, duration_ms = ?3, ok = ?4, removed = ?5, problem = ?6,
       unfinished = ?7 where name = ?1 and running_since = ?2`,
  )
    .bind(name, now, durationMs, problem === null ? 1 : 0, removed, problem, isUnfinished ? 1 : 0)
    .run()
}
