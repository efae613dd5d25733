import { attachmentsStatement, type AttachmentRow } from '../attachments/attachments.ts'
import type { ImageRef } from '../attachments/image-refs.ts'
import type { Actor } from '../contract/actor.ts'
import type { Generate } from '../contract/chat.ts'
import type { Id } from '../contract/ids.ts'
import type { Message } from '../contract/message.ts'
import type { PreferencesPatch } from '../contract/preferences.ts'
import { candidatesStatement, type CandidateRow } from '../connections/usable-model.ts'
import type { Bindings } from '../platform/env.ts'
import { promptThreadStatement, toPromptThread } from './prompt-thread.ts'

/** What D1 knows that bears on a request to generate, read in one round trip. */
export interface SendFacts {
  /** The generation that already has the reply's id. */
  known: { ownerId: string | null; fingerprint: string; isOpen: boolean } | null
  /** Whether a message has one of the ids that are to be new. */
  isIdTaken: boolean
  conversation: {
    ownerId: string
    modelId: Id<'model'> | null
    systemPrompt: string | null
    reasoning: string
    title: string | null
    messageCount: number
  } | null
  preferences: PreferencesPatch
  /** From the root, as far as the prompt may reach, to the message the request names. */
  thread: Message[]
  /** The images it wants to send, as far as they are this actor's. */
  attachments: readonly AttachmentRow[]
  /** These, and those of the thread. */
  images: Map<Id<'attachment'>, ImageRef>
  /** What the model it wishes for may be. */
  candidates: readonly CandidateRow[]
}

export async function readSendFacts(
  env: Bindings,
  actor: Actor,
  body: Generate,
  historyMax: number,
): Promise<SendFacts> {
  const wanted = body.mode === 'send' ? body.attachments : []
  const newIds = body.mode === 'send' ? [body.replyId, body.messageId] : [body.replyId]
  const wish = { asked: body.modelId, conversationId: body.conversationId, actorId: actor.id }
  const [known, taken, conversation, user, thread, candidates, asked] = await env.DB.batch([
    env.DB.prepare(
      `select owner_id as ownerId, fingerprint, ended_at is null as isOpen from generations where reply_id = ?1`,
    ).bind(body.replyId),
    env.DB.prepare(
      `select 1 from messages where id in (select value from json_each(?1)) limit 1`,
    ).bind(JSON.stringify(newIds)),
    env.DB.prepare(
      `select owner_id as ownerId, model_id as modelId, system_prompt as systemPrompt, reasoning, title,
         message_count as messageCount from conversations where id = ?1`,
    ).bind(body.conversationId),
    env.DB.prepare(`select preferences from users where id = ?1`).bind(actor.id),
    promptThreadStatement(env, {
      conversationId: body.conversationId,
      leaf: targetOf(body),
      limit: historyMax + 2,
    }),
    candidatesStatement(env, wish),
    ...(wanted.length > 0 ? [attachmentsStatement(env, wanted, actor.id)] : []),
  ])
  const generation = known?.results[0] as
    | { ownerId: string | null; fingerprint: string; isOpen: number }
    | undefined
  const prompt = toPromptThread(thread?.results ?? [])
  const attachments = (asked?.results ?? []) as unknown as AttachmentRow[]
  return {
    known: generation ? { ...generation, isOpen: generation.isOpen === 1 } : null,
    isIdTaken: (taken?.results.length ?? 0) > 0,
    conversation: (conversation?.results[0] as SendFacts['conversation'] | undefined) ?? null,
    preferences: JSON.parse(
      (user?.results[0] as { preferences: string } | undefined)?.preferences ?? '{}',
    ) as PreferencesPatch,
    thread: prompt.thread,
    attachments,
    images: new Map([...prompt.images, ...attachments.map(refOf)]),
    candidates: (candidates?.results ?? []) as unknown as CandidateRow[],
  }
}

function refOf({ id, sha256, mediaType, name }: AttachmentRow) {
  return [id, { sha256, mediaType, name }] as const
}

/** The message of the tree a request builds on; null begins a conversation. */
export function targetOf(body: Generate): Id<'message'> | null {
  switch (body.mode) {
    case 'send':
      return body.parentId
    case 'regenerate':
      return body.messageId
    case 'continue':
      return body.from
    default:
      return body satisfies never
  }
}
