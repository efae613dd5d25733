import type { Id } from '#contract/ids.ts'
import type { Model } from '#contract/models.ts'

export interface Choice {
  /** What the next message is asked of; null when nothing can be asked. */
  model: Model | null
  /** The model that was wanted is not there any more, and this one stands in for it. */
  isReplacement: boolean
}

/**
 * The model of the next message: the conversation's, else the preferred one, else the first that
 * can be used.
 */
export function chosenModel(
  models: readonly Model[],
  conversationModelId: Id<'model'> | null,
  preferredModelId: Id<'model'> | null,
): Choice {
  const usable = models.filter(({ available }) => available)
  const wanted = conversationModelId ?? preferredModelId
  for (const id of [conversationModelId, preferredModelId]) {
    const model = id && usable.find((each) => each.id === id)
    if (model) return { model, isReplacement: id !== wanted }
  }
  return { model: usable[0] ?? null, isReplacement: wanted !== null }
}
