import type { Id } from '../contract/ids.ts'
import { nextChangeSeq } from '../db/change-seq.ts'
import type { Bindings } from '../platform/env.ts'
import { subjectOf } from '../quotas/counters.ts'

export interface Move {
  guestId: Id<'guest'>
  userId: Id<'user'>
  /** Today, as quotas count, and how many messages the user may send on it. */
  day: string
  messagesMax: number | null
}

/**
 * Makes all that a guest has a user's, by a change of owner; what is being written goes on. The
 * guest's count of today is added to the user's, up to its limit. Repeating it changes nothing.
 */
export async function moveGuest(env: Bindings, move: Move): Promise<void> {
  const { guestId, userId, day, messagesMax } = move
  const [from, to] = [subjectOf(guestId), subjectOf(userId)]
  await env.DB.batch([
    env.DB.prepare(
      `insert into quota_usage (subject, day, messages, tokens)
       select ?2, day, min(messages, coalesce(?4, messages)), tokens from quota_usage
       where subject = ?1 and day = ?3
       on conflict (subject, day) do update set
         messages = max(messages, min(messages + excluded.messages, coalesce(?4, messages + excluded.messages))),
         tokens = tokens + excluded.tokens`,
    ).bind(from, to, day, messagesMax),
    env.DB.prepare(`delete from quota_usage where subject = ?1 and day = ?2`).bind(from, day),
    env.DB.prepare(
      `update generations set owner_id = ?2, quota_subjects = replace(quota_subjects, ?3, ?4)
       where owner_id = ?1`,
    ).bind(guestId, userId, JSON.stringify(from), JSON.stringify(to)),
    // Numbers follow each other so that a page of changes can end between two of them.
    env.DB.prepare(
      `update conversations set owner_id = ?2, revision = revision + 1, change_seq = moved.change_seq
       from (select id, ${nextChangeSeq('?2')} + row_number() over (order by id) - 1 as change_seq
         from conversations where owner_id = ?1) as moved
       where conversations.id = moved.id`,
    ).bind(guestId, userId),
    env.DB.prepare(`update attachments set owner_id = ?2 where owner_id = ?1`).bind(
      guestId,
      userId,
    ),
    env.DB.prepare(`delete from guests where id = ?1`).bind(guestId),
  ])
}
