import type { Id } from '#contract/ids.ts'
import type { Model } from '#contract/models.ts'

export interface ModelGroup {
  /** `favourites` and `recent`, or the name of a channel after `channel:`. */
  key: 'favourites' | 'recent' | `channel:${string}`
  models: readonly Model[]
}

const manyMin = 6

/** What a selector can be narrowed to: models that surely can do it. */
export const abilityFilters = ['vision', 'reasoning', 'tools'] as const
export type AbilityFilter = (typeof abilityFilters)[number]

interface Marks {
  favourites: readonly Id<'model'>[]
  recent: readonly Id<'model'>[]
  abilities?: readonly AbilityFilter[]
}

/**
 * The models in groups as a selector shows them: favourites, recent ones, then by channel. A
 * search finds words anywhere in name, label or channel, and shows each model once; `abilities`
 * leaves those that have them all.
 */
export function modelGroups(
  models: readonly Model[],
  search: string,
  { favourites, recent, abilities = [] }: Marks,
): ModelGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = models.filter(
    (model) =>
      abilities.every((ability) => model.capabilities[ability] === true) &&
      words.every((word) => textOf(model).includes(word)),
  )
  const groups: ModelGroup[] = []
  // Where all of them can be seen at once, showing some of them twice helps nobody.
  if (words.length === 0 && models.length > manyMin) {
    groups.push({ key: 'favourites', models: pick(found, favourites) })
    const others = recent.filter((id) => !favourites.includes(id))
    groups.push({ key: 'recent', models: pick(found, others) })
  }
  for (const channel of new Set(found.map((model) => model.channel))) {
    const members = found.filter((model) => model.channel === channel)
    groups.push({ key: `channel:${channel}`, models: members })
  }
  return groups.filter((group) => group.models.length > 0)
}

/** The first `count` models of the groups, which stay in their groups. */
export function firstOf(groups: readonly ModelGroup[], count: number): ModelGroup[] {
  let left = count
  return groups.flatMap((group) => {
    const models = group.models.slice(0, Math.max(0, left))
    left -= models.length
    return models.length === 0 ? [] : [{ ...group, models }]
  })
}

function textOf({ name, label, channel }: Model): string {
  return `${name} ${label} ${channel}`.toLowerCase()
}

function pick(models: readonly Model[], ids: readonly Id<'model'>[]): Model[] {
  return ids.flatMap((id) => models.find((model) => model.id === id) ?? [])
}
