import type { Id } from '#contract/ids.ts'
import type { Model } from '#contract/models.ts'

/** Something that sets a model apart from most. */
export type ModelMark =
  | 'overridden'
  | 'hidden'
  | 'gone'
  | 'embedding'
  | 'forGuests'
  | 'notForUsers'
  | 'ownAccess'

export interface ModelFilter {
  search: string
  /** Null for the models of every connection. */
  connectionId: Id<'connection'> | null
  marks: readonly ModelMark[]
}

export function hasMark(model: Model, mark: ModelMark): boolean {
  switch (mark) {
    case 'overridden':
      return model.overridden
    case 'hidden':
      return model.hidden === true
    case 'gone':
      return typeof model.goneAt === 'number'
    case 'embedding':
      return model.kind === 'embedding'
    case 'forGuests':
      return model.resolvedAccess?.guest.decision === 'allow'
    case 'notForUsers':
      return model.resolvedAccess?.user.decision === 'deny'
    case 'ownAccess':
      return model.access?.guest !== 'inherit' || model.access.user !== 'inherit'
    default:
      return mark satisfies never
  }
}

/** The models that have every mark asked for, and every word somewhere in what they are called. */
export function filterModels(models: readonly Model[], filter: ModelFilter): Model[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean)
  return models.filter(
    (model) =>
      (filter.connectionId === null || model.connectionId === filter.connectionId) &&
      filter.marks.every((mark) => hasMark(model, mark)) &&
      (words.length === 0 || containsAll(model, words)),
  )
}

function containsAll({ name, label, channel, tags }: Model, words: readonly string[]): boolean {
  const text = `${name} ${label} ${channel} ${tags.join(' ')}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

/** The connections the models belong to, in their order. */
export function channelsOf(
  models: readonly Model[],
): { id: Id<'connection'>; name: string; models: number }[] {
  const channels = new Map<Id<'connection'>, { name: string; models: number }>()
  for (const { connectionId, channel } of models) {
    if (!connectionId) continue
    const known = channels.get(connectionId) ?? { name: channel, models: 0 }
    known.models += 1
    channels.set(connectionId, known)
  }
  return Array.from(channels, ([id, channel]) => ({ id, ...channel }))
}
