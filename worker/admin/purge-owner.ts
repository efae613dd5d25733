import { deleteAvatarBlob } from '../attachments/avatars.ts'
import { deleteDoomed } from '../attachments/blobs.ts'
import { deleteUsedRows } from '../attachments/delete-attachments.ts'
import { deleteConversations } from '../chat/delete-conversations.ts'
import { cancelRun } from '../chat/generation-stub.ts'
import type { ActorId } from '../contract/actor.ts'
import { isId, type Id } from '../contract/ids.ts'
import { removeKept } from '../openai-api/kept/call-stub.ts'
import type { Bindings } from '../platform/env.ts'
import { subjectOf } from '../quotas/counters.ts'

export interface DeletedOwner {
  ownerId: ActorId
  deletedAt: number
}

/** No request that was under way when its actor was deleted is so slow. */
export const graceMs = 3_600_000
/** At most so many conversations, images and replies a step, and rows of records. */
const stepMax = 200
const recordsMax = 2_000

/** Nothing is left, there is more to do, or a reply has yet to end. */
export type Purged = 'done' | 'more' | 'waiting'

/**
 * Removes what a deleted owner has left, in at most `stepsMax` steps. Each of them can be repeated.
 * Usage records stay, but no longer say whose they are.
 */
export async function purgeOwner(
  env: Bindings,
  { ownerId, deletedAt }: DeletedOwner,
  now: number,
  stepsMax: number,
): Promise<Purged> {
  if (isId('user', ownerId)) await deleteAvatarBlob(env, ownerId)
  if (now > deletedAt + graceMs) await endLost(env, ownerId, now)
  for (let steps = 0; ; steps++) {
    const left = await readLeft(env, ownerId)
    // Replies first: one that is running would write into what is gone.
    if (steps === 0) await cancelAll(env, left.replies)
    const { conversations, images, calls } = left
    const isMore = conversations.length + images.length + calls.length > 0 || left.hasRecords
    if (!isMore) return left.replies.length === 0 ? 'done' : 'waiting'
    if (steps === stepsMax) return 'more'
    await deleteConversations(env, conversations, ownerId, now)
    await deleteImages(env, images, now)
    await deleteCalls(env, calls, ownerId)
    await removeRecords(env, ownerId)
  }
}

async function readLeft(env: Bindings, ownerId: ActorId) {
  const found = await env.DB.batch([
    env.DB.prepare(
      `select reply_id from generations where owner_id = ?1 and ended_at is null and kind = 'chat' limit ${stepMax}`,
    ).bind(ownerId),
    env.DB.prepare(`select id from conversations where owner_id = ?1 limit ${stepMax}`).bind(
      ownerId,
    ),
    env.DB.prepare(`select id, sha256 from attachments where owner_id = ?1 limit ${stepMax}`).bind(
      ownerId,
    ),
    env.DB.prepare(`select id from kept_calls where owner_id = ?1 limit ${stepMax}`).bind(ownerId),
    env.DB.prepare(
      `select exists (select 1 from generations where owner_id = ?1 and ended_at is not null)
         or exists (select 1 from deleted_conversations where owner_id = ?1)
         or exists (select 1 from quota_usage where subject = ?2)
         or exists (select 1 from early_cancels where owner_id = ?1)
         or exists (select 1 from idempotency_keys where actor_id = ?1)
         or exists (select 1 from sessions where user_id = ?1)
         or exists (select 1 from api_keys where user_id = ?1) as more`,
    ).bind(ownerId, subjectOf(ownerId)),
  ])
  const [replies, conversations, images, calls, records] = found.map(({ results }) => results)
  return {
    replies: (replies as { reply_id: Id<'message'> }[]).map(({ reply_id }) => reply_id),
    conversations: (conversations as { id: Id<'conversation'> }[]).map(({ id }) => id),
    images: images as { id: Id<'attachment'>; sha256: string }[],
    calls: (calls as { id: Id<'response'> }[]).map(({ id }) => id),
    hasRecords: (records as { more: number }[])[0]?.more === 1,
  }
}

async function cancelAll(env: Bindings, replies: readonly Id<'message'>[]): Promise<void> {
  await Promise.all(replies.map((replyId) => cancelRun(env, replyId, 'admin')))
}

/** Rows go before their blobs, which are doomed with the last row: what breaks off is swept later. */
async function deleteImages(
  env: Bindings,
  images: readonly { id: Id<'attachment'>; sha256: string }[],
  now: number,
): Promise<void> {
  if (images.length === 0) return
  await deleteUsedRows(
    env,
    images.map(({ id }) => id),
  )
  await deleteDoomed(
    env,
    now,
    stepMax,
    images.map(({ sha256 }) => sha256),
  )
}

/** Answers to a program go before the rows that lead to them; one that is running is ended. */
async function deleteCalls(
  env: Bindings,
  ids: readonly Id<'response'>[],
  ownerId: ActorId,
): Promise<void> {
  if (ids.length === 0) return
  await Promise.all(ids.map((id) => removeKept(env, id, ownerId)))
  await env.DB.prepare(`delete from kept_calls where id in (select value from json_each(?1))`)
    .bind(JSON.stringify(ids))
    .run()
}

async function removeRecords(env: Bindings, ownerId: ActorId): Promise<void> {
  const byOwner = [
    `delete from deleted_conversations where id in (
       select id from deleted_conversations where owner_id = ?1 limit ${recordsMax})`,
    `update generations set owner_id = null, quota_subjects = null where reply_id in (
       select reply_id from generations where owner_id = ?1 and ended_at is not null limit ${recordsMax})`,
    `delete from early_cancels where owner_id = ?1`,
    `delete from idempotency_keys where actor_id = ?1`,
    `delete from sessions where user_id = ?1`,
    `delete from api_keys where user_id = ?1`,
  ]
  await env.DB.batch([
    ...byOwner.map((sql) => env.DB.prepare(sql).bind(ownerId)),
    env.DB.prepare(`delete from quota_usage where subject = ?1`).bind(subjectOf(ownerId)),
  ])
}

/** Ends replies whose message is gone: no object has heard of them, nor could find out what to do. */
async function endLost(env: Bindings, ownerId: ActorId, now: number): Promise<void> {
  await env.DB.prepare(
    `update generations set ended_at = ?2, state = 'cancelled', request = null
     where owner_id = ?1 and ended_at is null
       and not exists (select 1 from messages where id = reply_id)`,
  )
    .bind(ownerId, now)
    .run()
}
