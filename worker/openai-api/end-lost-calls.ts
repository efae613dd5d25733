import type { Bindings } from '../platform/env.ts'

/** Beyond the longest a call may take: what is open then has lost its Worker. */
const graceMs = 5 * 60_000

/**
 * Ends calls whose Worker was lost before it could settle them, at most `max`. Their unit stays
 * taken: what came of them nobody knows, and it went to the caller. Answers how many there were.
 */
export async function endLostCalls(
  env: Bindings,
  { timeoutMs, now, max }: { timeoutMs: number; now: number; max: number },
): Promise<number> {
  const { meta } = await env.DB.prepare(
    `update generations set ended_at = ?1, state = 'interrupted', problem_code = 'interrupted'
     where reply_id in (
       select reply_id from generations
       where ended_at is null and kind in ('v1', 'embedding') and accepted_at < ?2 limit ?3)`,
  )
    .bind(now, now - timeoutMs - graceMs, max)
    .run()
  return meta.changes
}
