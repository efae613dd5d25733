import { guestStatement, type Guest } from '../accounts/guests.ts'
import type { Generate } from '../contract/chat.ts'
import type { Id } from '../contract/ids.ts'
import { nextChangeSeq } from '../db/change-seq.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { countersOf } from '../quotas/counters.ts'
import { dayOf } from '../quotas/quota-day.ts'
import { quotaOf, type UsedBySubject } from '../quotas/quota-of.ts'
import { taking } from '../quotas/room.ts'
import { usedFrom, usedSql } from '../quotas/quota-usage.ts'
import { earlyCancelMs } from './cancel-reply.ts'
import { storedParts } from './messages.ts'
import { imagesOf, mine, reservation, type SendToStore } from './reserve-send.ts'

/** `reserved` with what is used now; `known` when another request made this generation first. */
export type StoreResult =
  | { type: 'reserved'; used: UsedBySubject; isCancelled: boolean }
  | { type: 'known' }

/**
 * One batch that reserves the unit and the place and stores conversation, message and reply. Every
 * statement after the first asks whether the reservation is this request's, so a refusal leaves no
 * row: `quota_exceeded`, `token_budget_exceeded`, `too_many_replies`, `id_conflict`,
 * `parent_not_found`, `not_found`.
 */
export async function storeSend(env: Bindings, send: SendToStore): Promise<StoreResult> {
  const { body, ownerId, payer, settings, now } = send
  const nonce = crypto.randomUUID()
  const counters = countersOf(payer, settings)
  const subjects = JSON.stringify(counters.map(({ subject }) => subject))
  const images = imagesOf(send)
  const day = dayOf(now, settings['quota.timeZone'])
  const results = await env.DB.batch([
    reservation(env, send, { nonce, counters, subjects, day }),
    env.DB.prepare(taking({ subjects: '?3', day: '?4', costs: '?5' }, mine)).bind(
      body.replyId,
      nonce,
      subjects,
      day,
      send.costs ? 1 : 0,
    ),
    ...(send.guest ? [guestInsert(env, send.guest, body.replyId, nonce, now)] : []),
    conversationUpsert(env, send, nonce),
    ...(body.mode === 'send' ? [userMessageInsert(env, send, body, nonce)] : []),
    ...(images.length > 0 ? [linksInsert(env, send, images, nonce)] : []),
    replyInsert(env, send, nonce),
    ...(body.mode === 'regenerate' ? [displacement(env, send, nonce), discount(env, body)] : []),
    env.DB.prepare(
      `select ${usedSql('?4', '?3')} as used,
         (select nonce = ?2 from generations where reply_id = ?1) as isMine,
         exists (select 1 from early_cancels where reply_id = ?1 and owner_id = ?5 and at > ?6) as isCancelled,
         (select json_group_array(reply_id) from generations where owner_id = ?5 and ended_at is null and kind = 'chat') as running,
         (select count(*) from attachments where owner_id = ?5 and id in (select value from json_each(?7))) as images`,
    ).bind(
      body.replyId,
      nonce,
      subjects,
      day,
      ownerId,
      now - earlyCancelMs,
      JSON.stringify(images),
    ),
  ])
  const after = results.at(-1)?.results[0] as {
    used: string
    isMine: number | null
    isCancelled: number
    running: string
    images: number
  }
  const isCancelled = after.isCancelled === 1
  const used = usedFrom(after.used)
  if (after.isMine === 1) return { type: 'reserved', used, isCancelled }
  if (after.isMine === 0) return { type: 'known' }
  const isGone = after.images < images.length
  throw refusalOf(send, used, JSON.parse(after.running) as string[], isGone)
}

function guestInsert(
  env: Bindings,
  guest: Guest,
  replyId: Id<'message'>,
  nonce: string,
  now: number,
) {
  return guestStatement(env, guest, now, { sql: mine, first: replyId, second: nonce })
}

function conversationUpsert(env: Bindings, send: SendToStore, nonce: string) {
  const { body, ownerId, model, title, reasoning, now } = send
  const added = body.mode === 'send' ? 2 : 1
  return env.DB.prepare(
    `insert into conversations (id, owner_id, title, title_source, model_id, reasoning, tools,
       active_leaf_id, message_count, input_tokens, output_tokens, created_at, active_at, revision, change_seq)
     select ?3, ?4, ?5, 'derived', ?6, ?7, '{}', ?1, ?8, 0, 0, ?9, ?9, 1, ${nextChangeSeq('?4')}
     where ${mine}
     on conflict (id) do update set
       title = coalesce(title, excluded.title),
       model_id = case when ?10 = 'send' then excluded.model_id else model_id end,
       active_leaf_id = excluded.active_leaf_id,
       message_count = message_count + excluded.message_count,
       active_at = excluded.active_at,
       revision = revision + 1,
       change_seq = excluded.change_seq`,
  ).bind(
    body.replyId,
    nonce,
    body.conversationId,
    ownerId,
    title,
    model.id,
    JSON.stringify(reasoning),
    added,
    now,
    body.mode,
  )
}

function userMessageInsert(
  env: Bindings,
  { parts, now }: SendToStore,
  body: Extract<Generate, { mode: 'send' }>,
  nonce: string,
) {
  return env.DB.prepare(
    `insert into messages (id, conversation_id, parent_id, role, parts, state, created_at, updated_at)
     select ?3, ?4, ?5, 'user', ?6, '{"type":"complete","reason":"stop","raw":null}', ?7, ?7 where ${mine}`,
  ).bind(
    body.replyId,
    nonce,
    body.messageId,
    body.conversationId,
    body.parentId,
    storedParts(parts),
    now,
  )
}

function linksInsert(
  env: Bindings,
  { body, messageId }: SendToStore,
  images: readonly Id<'attachment'>[],
  nonce: string,
) {
  return env.DB.prepare(
    `insert into message_attachments (message_id, attachment_id)
     select ?3, value from json_each(?4) where ${mine}`,
  ).bind(body.replyId, nonce, messageId, JSON.stringify(images))
}

function replyInsert(env: Bindings, { body, messageId, model, now }: SendToStore, nonce: string) {
  return env.DB.prepare(
    `insert into messages (id, conversation_id, parent_id, role, parts, state, model, continued_from, created_at, updated_at)
     select ?1, ?3, ?4, 'assistant', '[]', '{"type":"pending"}', ?5, ?6, ?7, ?7 where ${mine}`,
  ).bind(
    body.replyId,
    nonce,
    body.conversationId,
    messageId,
    JSON.stringify(model),
    body.mode === 'continue' ? body.from : null,
    now,
  )
}

/** Over the limit, the oldest reply that nothing follows and nobody looks at gives way. */
function displacement(env: Bindings, { body, messageId, settings }: SendToStore, nonce: string) {
  return env.DB.prepare(
    `delete from messages where id = (
       select s.id from messages as s
       where s.conversation_id = ?3 and s.parent_id = ?4 and s.id != ?1
         and s.state ->> 'type' not in ('pending', 'running')
         and not exists (select 1 from messages as child
           where child.conversation_id = ?3 and child.parent_id = s.id)
       order by s.created_at, s.id limit 1)
     and ${mine}
     and (select count(*) from messages as s
       where s.conversation_id = ?3 and s.parent_id = ?4 and s.superseded_by is null) > ?5`,
  ).bind(body.replyId, nonce, body.conversationId, messageId, settings['chat.repliesPerMessageMax'])
}

/** Right after it: a reply that gave way does not count any more. */
function discount(env: Bindings, { conversationId }: Generate) {
  return env.DB.prepare(
    `update conversations set message_count = message_count - changes() where id = ?1 and changes() > 0`,
  ).bind(conversationId)
}

function refusalOf(
  { settings, now, costs, body, payer }: SendToStore,
  used: UsedBySubject,
  running: string[],
  isGone: boolean,
): Fault {
  const quota = quotaOf(payer, settings, used, now)
  const concurrentMax = settings['chat.concurrentRepliesMax']
  if (costs && quota.remaining === 0)
    return new Fault('quota_exceeded', { quota, signInHelps: quota.scope === 'guest' })
  if (quota.blockedBy === 'tokens') return new Fault('token_budget_exceeded', { quota })
  if (concurrentMax !== null && running.length >= concurrentMax) {
    return new Fault('too_many_replies', { max: concurrentMax, running })
  }
  if (isGone) return new Fault('not_found')
  // What is left can only have changed since the request was checked.
  return new Fault(
    body.mode === 'send' && body.parentId === null ? 'id_conflict' : 'parent_not_found',
  )
}
