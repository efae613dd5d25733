import { deploymentOf, type Bindings } from '../platform/env.ts'
import { keyedHash } from '../platform/crypto.ts'
import { Fault } from '../platform/fault.ts'

const quarterHourMs = 15 * 60_000

/** How often something may be tried in a window, per subject. */
export const damped = {
  passwordByName: { max: 5, windowMs: quarterHourMs },
  passwordByAddress: { max: 20, windowMs: quarterHourMs },
  signUp: { max: 5, windowMs: 3_600_000 },
  verification: { max: 10, windowMs: 60_000 },
} as const
export type Damped = keyof typeof damped

export interface Attempt {
  kind: Damped
  subject: string
}

/** Refuses `rate_limited` when any of `attempts` has used up its window. Counts nothing. */
export async function requireRoom(
  env: Bindings,
  attempts: readonly Attempt[],
  now: number,
): Promise<void> {
  if (!deploymentOf(env).damping) return
  const rows = await env.DB.prepare(
    `select subject, count, resets_at as resetsAt from rate_counters
     where subject in (select value from json_each(?1)) and resets_at > ?2`,
  )
    .bind(JSON.stringify(attempts.map((attempt) => keyOf(env, attempt, now))), now)
    .all<{ subject: string; count: number; resetsAt: number }>()
  for (const attempt of attempts) {
    const row = rows.results.find(({ subject }) => subject === keyOf(env, attempt, now))
    if (row && row.count >= damped[attempt.kind].max) {
      throw new Fault('rate_limited', { retryAfterMs: row.resetsAt - now })
    }
  }
}

/** Counts one try each; a window begins with its first try. */
export async function countAttempts(
  env: Bindings,
  attempts: readonly Attempt[],
  now: number,
): Promise<void> {
  if (!deploymentOf(env).damping) return
  await env.DB.batch(
    attempts.map((attempt) =>
      env.DB.prepare(
        `insert into rate_counters (subject, count, resets_at) values (?1, 1, ?3)
         on conflict (subject) do update set
           count = case when resets_at <= ?2 then 1 else count + 1 end,
           resets_at = case when resets_at <= ?2 then ?3 else resets_at end`,
      ).bind(keyOf(env, attempt, now), now, now + damped[attempt.kind].windowMs),
    ),
  )
}

/**
 * Subjects hold network addresses, so only a keyed hash is stored, and its key changes daily. A
 * window that spans midnight is counted anew, which damping can bear.
 */
function keyOf(env: Bindings, { kind, subject }: Attempt, now: number): string {
  const day = new Date(now).toISOString().slice(0, 10)
  return `${kind}:${keyedHash(`${day}:${subject.toLowerCase()}`, deploymentOf(env).jwtSecret)}`
}
