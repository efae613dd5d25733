import type { ImageRefs } from '../attachments/image-refs.ts'
import type { ActorId } from '../contract/actor.ts'
import type { Id } from '../contract/ids.ts'
import { newId } from '../contract/ids.ts'
import type { Message } from '../contract/message.ts'
import type { PreferencesPatch } from '../contract/preferences.ts'
import type { Language } from '../contract/problems.ts'
import type { Quota } from '../contract/quotas.ts'
import type { ReasoningPatch } from '../contract/reasoning.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { UsableModel } from '../connections/usable-model.ts'
import { toProviderConnection } from '../connections/provider-connection.ts'
import type { StoredRequest } from '../db/schema/generations.ts'
import type { Bindings } from '../platform/env.ts'
import { defaultTagPairs } from '../providers/reasoning-tags.ts'
import { buildPrompt, systemText } from './build-prompt.ts'
import type { GenerationOrder } from './generation-order.ts'

/** What an order is made of, whether a request has just brought it or D1 has kept it. */
export interface OrderSource {
  replyId: Id<'message'>
  messageId: Id<'message'>
  conversationId: Id<'conversation'>
  ownerId: ActorId
  username: string
  language: Language
  acceptedAt: number
  settings: Settings
  preferences: PreferencesPatch
  conversation: { systemPrompt: string | null; reasoning: ReasoningPatch; isFirstReply: boolean }
  usable: UsableModel
  request: StoredRequest
  /** Root first, ending with the message to answer or the reply to go on with. */
  thread: readonly Message[]
  /** The images of the thread that are still there. */
  images: ImageRefs
  quota: Quota
  costs: boolean
}

/**
 * The order for one run. Refuses `context_too_long` and `connection_unusable`. Pure but for opening
 * the sealed credentials.
 */
export async function composeOrder(env: Bindings, source: OrderSource): Promise<GenerationOrder> {
  const { settings, usable, request, thread } = source
  const isContinuing = request.mode === 'continue'
  const system = systemText({
    conversationPrompt: source.conversation.systemPrompt,
    personalPrompt: source.preferences.personalPrompt ?? null,
    installationPrompt: settings['chat.systemPrompt'],
    language: source.language,
    username: source.username,
    model: usable.model.label,
    timeZone: source.preferences.timeZone ?? settings['quota.timeZone'],
    now: source.acceptedAt,
  })
  const prompt = buildPrompt({
    thread: thread.slice(-settings['chat.historyMessagesMax']),
    system,
    context: request.context,
    isContinuing,
    contextWindow: usable.contextWindow,
    outputTokens: usable.outputTokens,
    images: {
      known: source.images,
      historyMax: settings['images.historyMax'],
      vision: usable.capabilities.vision !== false,
    },
  })
  const connection = await toProviderConnection(env, usable.connection)
  const continued = isContinuing ? thread.at(-1) : undefined
  return {
    replyId: source.replyId,
    messageId: source.messageId,
    conversationId: source.conversationId,
    ownerId: source.ownerId,
    requestId: newId('request', source.acceptedAt),
    language: source.language,
    model: usable.model,
    contextWindow: usable.contextWindow,
    quota: source.quota,
    costs: source.costs,
    acceptedAt: source.acceptedAt,
    continuedFrom: continued?.id ?? null,
    promptTokens: prompt.promptTokens,
    limits: limitsOf(settings),
    emitUsage: settings['usage.emit'],
    providerUsageOnly: settings['usage.providerOnly'],
    saveReasoning: request.reasoning?.save ?? settings['reasoning.save'],
    carried: continued?.parts ?? [],
    tagPairs: tagPairsOf(settings),
    request: {
      model: usable.rawId,
      baseModel: usable.baseModel,
      system,
      turns: prompt.turns,
      tools: [],
      contextWindow: usable.contextWindow,
      promptTokens: prompt.promptTokens,
      outputTokensMax: prompt.outputTokensMax,
      temperature: settings['chat.temperature'],
      reasoning: reasoningFor(source),
      efforts: usable.efforts,
      custom: request.custom ?? null,
    },
    connectionId: usable.connection.id,
    connection,
    guard: { allowPrivateHosts: settings['provider.allowPrivateHosts'] },
    namesConversation: settings['titles.mode'] === 'model' && source.conversation.isFirstReply,
  }
}

/** The limits of a run as the settings have them. */
export function limitsOf(settings: Settings): GenerationOrder['limits'] {
  return {
    initialGraceMs: settings['provider.initialGraceMs'],
    idleMs: settings['provider.idleMs'],
    reasoningIdleMs: settings['provider.reasoningIdleMs'],
    timeoutMs: settings['provider.timeoutMs'],
    retries: settings['provider.retries'],
    fallback: settings['provider.fallback'],
    coalesceMs: settings['stream.coalesceMs'],
    heartbeatMs: settings['stream.heartbeatMs'],
  }
}

export function tagPairsOf(settings: Settings): GenerationOrder['tagPairs'] {
  switch (settings['reasoning.tags']) {
    case 'default':
      return defaultTagPairs
    case 'custom':
      return settings['reasoning.customTags']
    case 'off':
      return []
    default:
      return settings['reasoning.tags'] satisfies never
  }
}

/** This message, then its conversation, then the installation: the first that says something. */
function reasoningFor({ request, conversation, settings, usable }: OrderSource) {
  // A wish that is meant for other models must not make this one refuse.
  if (usable.capabilities.reasoning === false) return { enabled: true, effort: null, think: null }
  const effort = settings['reasoning.effort']
  const think = settings['reasoning.ollamaThink']
  return {
    enabled:
      request.reasoning?.enabled ?? conversation.reasoning.enabled ?? settings['reasoning.enabled'],
    effort:
      request.reasoning?.effort ??
      conversation.reasoning.effort ??
      (effort === 'unset' ? null : effort),
    think:
      request.reasoning?.think ??
      conversation.reasoning.think ??
      (think === 'unset' ? null : think),
  }
}
