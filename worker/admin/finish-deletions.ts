import type { Bindings } from '../platform/env.ts'
import { graceMs, purgeOwner, type DeletedOwner } from './purge-owner.ts'

/** As much as one look has time for; the next one goes on. */
const stepsMax = 20
const waitMs = 60_000

/**
 * Goes on with the deletions that are due, `limit` owners at most; one that fails holds back none of
 * the others. Answers how many there were.
 */
export async function finishDeletions(env: Bindings, now: number, limit: number): Promise<number> {
  const { results } = await env.DB.prepare(
    `select owner_id as ownerId, deleted_at as deletedAt from deleted_owners
     where due_at <= ?1 order by due_at limit ?2`,
  )
    .bind(now, limit)
    .all<DeletedOwner>()
  for (const owner of results) await goOn(env, owner, now)
  return results.length
}

/**
 * Removes what an owner has left and notes when to look again. The note goes once nothing was left
 * an hour after the deletion: until then a request that was under way may have stored something.
 */
export async function goOn(env: Bindings, owner: DeletedOwner, now: number): Promise<void> {
  const { ownerId, deletedAt } = owner
  try {
    const purged = await purgeOwner(env, owner, now, stepsMax)
    if (purged === 'done' && now > deletedAt + graceMs) {
      await env.DB.prepare(`delete from deleted_owners where owner_id = ?1`).bind(ownerId).run()
    } else {
      const next = { done: deletedAt + graceMs + 1, more: now, waiting: now + waitMs }
      await lookAgain(env, owner, next[purged])
    }
  } catch (error) {
    // The account is gone, which is what was asked; what it had follows later.
    console.error(error)
    await lookAgain(env, owner, now + waitMs)
  }
}

async function lookAgain(env: Bindings, { ownerId }: DeletedOwner, at: number): Promise<void> {
  await env.DB.prepare(`update deleted_owners set due_at = ?2 where owner_id = ?1`)
    .bind(ownerId, at)
    .run()
}
