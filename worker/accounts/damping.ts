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

interface Counted {
  count: number
  resetsAt: number
}

/**
 * Counts a try of each and refuses `rate_limited` when one of them is over its window. Counting comes
 * first and is the check: tries at the same moment cannot all find room for one.
 */
export async function takeAttempts(
  env: Bindings,
  attempts: readonly Attempt[],
  now: number,
): Promise<void> {
  if (!deploymentOf(env).damping) return
  const results = await env.DB.batch<Counted>(
    attempts.map((attempt) =>
      env.DB.prepare(
        `insert into rate_counters (subject, count, resets_at) values (?1, 1, ?3)
         on conflict (subject) do update set
           count = case when resets_at <= ?2 then 1 else count + 1 end,
           resets_at = case when resets_at <= ?2 then ?3 else resets_at end
         returning count, resets_at as resetsAt`,
      ).bind(keyOf(env, attempt, now), now, now + damped[attempt.kind].windowMs),
    ),
  )
  for (const [index, attempt] of attempts.entries()) {
    const counted = results[index]?.results[0]
    if (counted && counted.count > damped[attempt.kind].max) {
      throw new Fault('rate_limited', { retryAfterMs: counted.resetsAt - now })
    }
  }
}

/** Takes tries back that are not to count: a password that was right, an account that was not made. */
export async function giveBackAttempts(
  env: Bindings,
  attempts: readonly Attempt[],
  now: number,
): Promise<void> {
  if (!deploymentOf(env).damping) return
  await env.DB.batch(
    attempts.map((attempt) =>
      env.DB.prepare(`update rate_counters set count = max(0, count - 1) where subject = ?1`).bind(
        keyOf(env, attempt, now),
      ),
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
