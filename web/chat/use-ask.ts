import { preferencesDefault } from '#contract/preferences.ts'
import type { Model } from '#contract/models.ts'
import type { Reasoning } from '#contract/reasoning.ts'
import { meValue, useMe } from '../api/me.ts'
import { useValue } from '../api/value.ts'
import { chosenModel } from './chosen-model.ts'
import type { AskOptions, ConversationStore } from './conversation-store.ts'
import { modelsValue } from './models-store.ts'
import { useConversationState } from './use-conversation.ts'

/** How the next message of a conversation will be asked, and what to send for it. */
export interface Ask {
  model: Model | null
  /** Which models there are is not known yet: the server takes the one it would be asked for. */
  isUndecided: boolean
  /** The model stands in for one that is gone. */
  isReplacement: boolean
  reasoning: Reasoning
  context: boolean
  options: AskOptions
}

/** As things are now: for acting on. */
export function askNow(store: ConversationStore): Ask {
  const { chosen, conversation } = store.get()
  const { actor, preferences: known } = meValue.get()
  const preferences = known ?? preferencesDefault
  const models = modelsValue.get()
  const { model, isReplacement } = chosenModel(
    models.type === 'ready' ? models.items : [],
    chosen.modelId ?? conversation?.modelId ?? null,
    preferences.preferredModelId,
  )
  const isUndecided = models.type === 'loading'
  const context = chosen.context ?? preferences.contextEnabled
  const reasoning = { ...(conversation?.reasoning ?? preferences.reasoning), ...chosen.reasoning }
  // What a guest prefers is known to the browser alone; the server begins with it for others.
  const isUntold = !conversation && actor?.type === 'guest'
  const told = isUntold ? { ...preferences.reasoning, ...chosen.reasoning } : chosen.reasoning
  const wanted = chosen.modelId ?? (isUntold ? preferences.preferredModelId : null)
  const modelId = isUndecided ? wanted : model?.id
  return {
    model,
    isUndecided,
    isReplacement,
    reasoning,
    context,
    options: { ...(modelId && { modelId }), ...(told && { reasoning: told }), context },
  }
}

/** The same for showing; the component renders again when it changes. */
export function useAsk(store: ConversationStore): Ask {
  useConversationState(store, (state) => state.chosen)
  useConversationState(store, (state) => state.conversation)
  useValue(modelsValue)
  useMe()
  return askNow(store)
}
