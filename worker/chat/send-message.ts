import type { Actor } from '../contract/actor.ts'
import type { Generate } from '../contract/chat.ts'
import type { Language } from '../contract/problems.ts'
import type { ReasoningPatch } from '../contract/reasoning.ts'
import type { Settings } from '../contract/settings-registry.ts'
import { askerOf } from '../connections/model-access.ts'
import { modelOf, type UsableModel } from '../connections/usable-model.ts'
import type { StoredRequest } from '../db/schema/generations.ts'
import { sha256 } from '../platform/crypto.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { isTransient } from '../platform/transient.ts'
import { can } from '../contract/actor.ts'
import type { Payer } from '../quotas/counters.ts'
import { quotaOf } from '../quotas/quota-of.ts'
import { checkSend } from './check-send.ts'
import { composeOrder } from './compose-order.ts'
import type { GenerationOrder } from './generation-order.ts'
import { readSendFacts, type SendFacts } from './send-facts.ts'
import type { Opening } from './generation-stub.ts'
import type { SendToStore } from './reserve-send.ts'
import { storeSend, type StoreResult } from './store-send.ts'
import { titleOf } from './title.ts'

/** What a request to generate comes to: a new run to start, or one that is already there. */
export type Accepted =
  | { type: 'new'; order: GenerationOrder; isCancelled: boolean; opening: Opening }
  | { type: 'known'; isOpen: boolean }

export interface Sender {
  actor: Actor
  payer: Payer
  language: Language
  settings: Settings
  now: number
  /** Makes the reply's object ready, once all checks have passed. */
  open(): Opening
}

/**
 * Accepts a message, a regeneration or a continuation: everything is checked first, then one batch
 * stores it. The reply's id is the identity of it all: the same request again finds the first one.
 */
export async function sendMessage(
  env: Bindings,
  body: Generate,
  sender: Sender,
): Promise<Accepted> {
  const { actor, payer, language, settings, now } = sender
  const fingerprint = await fingerprintOf(body)
  const facts = await readSendFacts(env, actor, body, settings['chat.historyMessagesMax'])
  if (facts.known) return attach(facts.known, actor, fingerprint)
  requireAllowed(body, sender)
  const checked = checkSend(body, facts, actor.id, settings, now)
  const usable = await modelOf(
    env,
    { asked: body.modelId, asker: askerOf(actor) },
    facts.candidates,
    settings,
  )
  requireVision(body, usable)
  const request = storedRequest(body, language, checked.costs)
  const reasoning = reasoningOf(facts)
  const source = {
    ...checked,
    images: facts.images,
    replyId: body.replyId,
    conversationId: body.conversationId,
    ownerId: actor.id,
    username: actor.type === 'user' ? actor.username : '',
    language,
    acceptedAt: now,
    settings,
    preferences: facts.preferences,
    conversation: {
      systemPrompt: facts.conversation?.systemPrompt ?? null,
      reasoning,
      isFirstReply: (facts.conversation?.messageCount ?? 0) === 0,
    },
    usable,
    request,
    // Replaced below, once it is known what was used.
    quota: quotaOf(payer, settings, {}, now),
  }
  const order = await composeOrder(env, source)
  const parts = checked.thread.at(-1)?.parts ?? []
  const toStore = {
    body,
    ownerId: actor.id,
    payer,
    guest: actor.type === 'guest' ? actor : null,
    messageId: checked.messageId,
    model: usable.model,
    connectionId: usable.connection.id,
    fingerprint,
    request,
    costs: checked.costs,
    parts,
    title: body.mode === 'send' ? titleOf(parts, settings['titles.lengthMax'], language) : null,
    reasoning,
    settings,
    now,
  }
  const opening = sender.open()
  const stored = await storeOnce(env, toStore, actor).catch(async (error: unknown) => {
    void opening.abandon()
    throw error
  })
  if (stored.type === 'known') {
    void opening.abandon()
    const again = await readSendFacts(env, actor, body, 1)
    if (again.known === null) throw new Fault('storage_unavailable', { retryAfterMs: 2_000 })
    return attach(again.known, actor, fingerprint)
  }
  const quota = quotaOf(payer, settings, stored.used, now)
  return { type: 'new', order: { ...order, quota }, isCancelled: stored.isCancelled, opening }
}

/** Repeats a batch that the platform lost, unless it was carried out all the same. */
async function storeOnce(env: Bindings, toStore: SendToStore, actor: Actor): Promise<StoreResult> {
  try {
    return await storeSend(env, toStore)
  } catch (error) {
    if (!isTransient(error)) throw error
    const { known } = await readSendFacts(env, actor, toStore.body, 1)
    return known ? { type: 'known' } : storeSend(env, toStore)
  }
}

function attach(
  known: NonNullable<SendFacts['known']>,
  actor: Actor,
  fingerprint: string,
): Accepted {
  if (known.ownerId !== actor.id || known.fingerprint !== fingerprint)
    throw new Fault('id_conflict')
  return { type: 'known', isOpen: known.isOpen }
}

function requireAllowed(body: Generate, { actor, settings }: Sender): void {
  if (body.custom && !can(actor, 'customRequest', settings)) {
    throw new Fault('forbidden', { capability: 'customRequest' })
  }
  if (body.tools?.webSearch) throw new Fault('search_unconfigured')
}

function requireVision(body: Generate, { capabilities }: UsableModel): void {
  const hasImages = body.mode === 'send' && body.attachments.length > 0
  if (hasImages && capabilities.vision === false) {
    throw new Fault('model_unsuitable', { capability: 'vision' })
  }
}

/** What makes two requests the same one: mode, ids, content, attachments and model. */
function fingerprintOf(body: Generate): Promise<string> {
  const { mode, conversationId, replyId, modelId } = body
  const rest =
    body.mode === 'send'
      ? [body.messageId, body.parentId, body.content, body.attachments]
      : body.mode === 'regenerate'
        ? [body.messageId]
        : [body.from]
  return sha256(JSON.stringify([mode, conversationId, replyId, modelId ?? null, ...rest]))
}

function storedRequest(body: Generate, language: Language, costs: boolean): StoredRequest {
  const { mode, reasoning, context, custom } = body
  return {
    mode,
    context,
    language,
    costs,
    ...(reasoning && { reasoning }),
    ...(custom && { custom }),
  }
}

function reasoningOf({ conversation, preferences }: SendFacts): ReasoningPatch {
  return conversation
    ? (JSON.parse(conversation.reasoning) as ReasoningPatch)
    : (preferences.reasoning ?? {})
}
