import type { Id } from '#contract/ids.ts'
import { createValue, type Value } from '../../api/value.ts'
import type { Unfitness } from './image-fit.ts'

/** An image on its way to the server. Once there it is part of the draft. */
export interface Upload {
  id: number
  name: string
  /** Null until it is known to be an image. */
  previewUrl: string | null
  state: { type: 'waiting' } | { type: 'sending'; part: number } | { type: 'failed'; text: string }
}

/** What was chosen for the next message of a conversation and is not in its draft. */
export interface Uploads {
  items: readonly Upload[]
  /** Those that are not sent, until that was read. */
  unfit: readonly { name: string; reason: Unfitness }[]
}

const byConversation = new Map<Id<'conversation'>, Value<Uploads>>()

export function uploadsOf(id: Id<'conversation'>): Value<Uploads> {
  const known = byConversation.get(id)
  if (known) return known
  const uploads = createValue<Uploads>({ items: [], unfit: [] })
  byConversation.set(id, uploads)
  return uploads
}
