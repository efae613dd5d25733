import type { ActorId } from '../contract/actor.ts'
import type { Id } from '../contract/ids.ts'
import type { PreferencesPatch } from '../contract/preferences.ts'
import type { ReasoningPatch } from '../contract/reasoning.ts'
import type { OwnLimits } from '../contract/users.ts'
import { usableModel } from '../connections/usable-model.ts'
import type { StoredRequest } from '../db/schema/generations.ts'
import type { Bindings } from '../platform/env.ts'
import type { Payer } from '../quotas/counters.ts'
import { readQuota } from '../quotas/quota-usage.ts'
import { loadSettings } from '../settings/settings.ts'
import { composeOrder } from './compose-order.ts'
import type { GenerationOrder, RunFacts } from './generation-order.ts'
import { Fault } from '../platform/fault.ts'
import { promptThreadStatement, toPromptThread } from './prompt-thread.ts'

interface OpenGeneration {
  owner_id: ActorId
  conversation_id: Id<'conversation'>
  message_id: Id<'message'>
  model_id: Id<'model'>
  request: string
  accepted_at: number
  continued_from: Id<'message'> | null
  system_prompt: string | null
  reasoning: string
  message_count: number
  quota_subjects: string | null
  /** Null for a guest. */
  username: string | null
  preferences: string | null
  limits: string | null
}

/** What D1 has kept of an open reply: an order to run, or why it cannot be run any more. */
export type Loaded =
  | { type: 'order'; order: GenerationOrder }
  | { type: 'unrunnable'; fault: Fault; facts: UnstartedFacts }

export type UnstartedFacts = Pick<RunFacts, 'replyId' | 'conversationId' | 'language' | 'costs'>

/** Null when the generation has ended or its conversation is gone. */
export async function loadOrder(env: Bindings, replyId: Id<'message'>): Promise<Loaded | null> {
  const row = await env.DB.prepare(
    `select g.owner_id, g.conversation_id, g.message_id, g.model_id, g.request, g.accepted_at,
       m.continued_from, c.system_prompt, c.reasoning, c.message_count, g.quota_subjects,
       u.username, u.preferences, u.limits
     from generations as g
     join messages as m on m.id = g.reply_id
     join conversations as c on c.id = g.conversation_id
     left join users as u on u.id = g.owner_id
     where g.reply_id = ?1 and g.ended_at is null`,
  )
    .bind(replyId)
    .first<OpenGeneration>()
  if (row === null) return null
  const request = JSON.parse(row.request) as StoredRequest
  try {
    return { type: 'order', order: await orderOf(env, replyId, row, request) }
  } catch (fault) {
    // A model or key that is gone will not come back by trying again; anything else may.
    if (!(fault instanceof Fault) || fault.code === 'storage_unavailable') throw fault
    const { language, costs } = request
    const facts = { replyId, conversationId: row.conversation_id, language, costs }
    return { type: 'unrunnable', fault, facts }
  }
}

async function orderOf(
  env: Bindings,
  replyId: Id<'message'>,
  row: OpenGeneration,
  request: StoredRequest,
): Promise<GenerationOrder> {
  const { values: settings } = await loadSettings(env)
  const [{ results }, usable, quota] = await Promise.all([
    promptThreadStatement(env, {
      conversationId: row.conversation_id,
      leaf: row.continued_from ?? row.message_id,
      limit: settings['chat.historyMessagesMax'],
    }).all(),
    // Whether its owner may use the model was decided when it was accepted.
    usableModel(env, row.model_id, settings, 'admin'),
    readQuota(env, payerFrom(row), settings, row.accepted_at),
  ])
  return composeOrder(env, {
    replyId,
    messageId: row.message_id,
    conversationId: row.conversation_id,
    ownerId: row.owner_id,
    username: row.username ?? '',
    language: request.language,
    acceptedAt: row.accepted_at,
    settings,
    preferences: JSON.parse(row.preferences ?? '{}') as PreferencesPatch,
    conversation: {
      systemPrompt: row.system_prompt,
      reasoning: JSON.parse(row.reasoning) as ReasoningPatch,
      isFirstReply: row.message_count <= 2,
    },
    usable,
    request,
    ...toPromptThread(results),
    quota,
    costs: request.costs,
  })
}

/** Who paid, by what was stored of it. */
function payerFrom({ owner_id, limits, quota_subjects }: OpenGeneration): Payer {
  const subjects = JSON.parse(quota_subjects ?? '[]') as string[]
  return {
    id: owner_id,
    limits: JSON.parse(limits ?? '{}') as OwnLimits,
    addressSubject: subjects.find((subject) => subject.startsWith('address:')) ?? null,
  }
}
