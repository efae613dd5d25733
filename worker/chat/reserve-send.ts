import type { Guest } from '../accounts/guests.ts'
import type { ActorId } from '../contract/actor.ts'
import type { Generate } from '../contract/chat.ts'
import type { Id } from '../contract/ids.ts'
import type { ModelName, Part } from '../contract/parts.ts'
import type { ReasoningPatch } from '../contract/reasoning.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { StoredRequest } from '../db/schema/generations.ts'
import type { Bindings } from '../platform/env.ts'
import type { Counter, Payer } from '../quotas/counters.ts'
import { hasRoom } from '../quotas/room.ts'

export interface SendToStore {
  body: Generate
  ownerId: ActorId
  payer: Payer
  /** Whoever has no account, and so no row before it stores something. */
  guest: Guest | null
  messageId: Id<'message'>
  /** Of the message that is sent. */
  parts: readonly Part[]
  model: ModelName
  connectionId: Id<'connection'>
  fingerprint: string
  request: StoredRequest
  costs: boolean
  /** For a conversation this send creates. */
  title: string | null
  reasoning: ReasoningPatch
  settings: Settings
  now: number
}

/** The images of the message that is sent. */
export function imagesOf({ body, parts }: SendToStore): Id<'attachment'>[] {
  if (body.mode !== 'send') return []
  return parts.flatMap((part) => (part.type === 'attachment' ? [part.attachmentId] : []))
}

/** SQL for whether the reservation ?1 is that of the request ?2. */
export const mine = `exists (select 1 from generations where reply_id = ?1 and nonce = ?2)`

/** The generation's row, made only where everything has room for it: all else asks whether it is `mine`. */
export function reservation(
  env: Bindings,
  send: SendToStore,
  {
    nonce,
    counters,
    subjects,
    day,
  }: { nonce: string; counters: readonly Counter[]; subjects: string; day: string },
) {
  const {
    body,
    ownerId,
    messageId,
    model,
    connectionId,
    fingerprint,
    request,
    costs,
    settings,
    now,
  } = send
  const parent =
    body.mode === 'send' ? body.parentId : body.mode === 'continue' ? body.from : body.messageId
  return env.DB.prepare(
    `insert into generations (reply_id, kind, owner_id, conversation_id, message_id, model_id, model_name,
       connection_id, nonce, fingerprint, request, quota_day, quota_subjects, refunded, state, accepted_at)
     select ?1, 'chat', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?15, 0, 'open', ?12
     where ${hasRoom({ costs: '?13', counters: '?14', day: '?11' })}
       and (?16 is null
         or (select count(*) from generations where owner_id = ?2 and ended_at is null and kind = 'chat') < ?16)
       and not exists (select 1 from conversations where id = ?3 and owner_id != ?2)
       and not exists (select 1 from deleted_conversations where id = ?3)
       and not exists (select 1 from messages where id = ?1 or (?18 = 'send' and id = ?4))
       and (?17 is null or exists (select 1 from messages where id = ?17 and conversation_id = ?3))
       and (?19 = '[]' or json_array_length(?19) = (select count(*) from attachments
         where owner_id = ?2 and id in (select value from json_each(?19))))
     on conflict do nothing`,
  ).bind(
    body.replyId,
    ownerId,
    body.conversationId,
    messageId,
    model.id,
    model.name,
    connectionId,
    nonce,
    fingerprint,
    JSON.stringify(request),
    day,
    now,
    costs ? 1 : 0,
    JSON.stringify(counters),
    subjects,
    settings['chat.concurrentRepliesMax'],
    parent,
    body.mode,
    JSON.stringify(imagesOf(send)),
  )
}
