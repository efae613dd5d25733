import type { Id } from '#contract/ids.ts'
import { listModels, type Model } from '#contract/models.ts'
import type { Problem } from '#contract/problems.ts'
import { call } from '../api/call.ts'
import { meValue, updatePreferences } from '../api/me.ts'
import { Refused } from '../api/refused.ts'
import { createValue, useValue } from '../api/value.ts'

/** The models the caller may ask, as far as they are known. */
export type ModelsState =
  | { type: 'loading' }
  | { type: 'ready'; items: readonly Model[] }
  /** Null: the server was not reached. */
  | { type: 'failed'; problem: Problem | null }

export const modelsValue = createValue<ModelsState>({ type: 'loading' })
let loading: Promise<void> | null = null
let loadedAt = 0

/** Older lists are read again when somebody looks at them. */
const freshMs = 30_000

export function useModels(): ModelsState {
  return useValue(modelsValue)
}

/** Reads the list unless it is fresh. What is known stays on screen meanwhile. */
export function loadModels(): Promise<void> {
  if (modelsValue.get().type === 'ready' && Date.now() - loadedAt < freshMs) {
    return Promise.resolve()
  }
  loading ??= read().finally(() => {
    loading = null
  })
  return loading
}

/** The list may have changed: it is read again now, and what is known stays on screen meanwhile. */
export function forgetModels() {
  loadedAt = 0
  void loadModels()
}

/** Remembers the choice: it is preferred from now on, and among the three most recent. */
export function rememberModel(id: Id<'model'>) {
  const { preferences } = meValue.get()
  if (!preferences) return
  const recent = [id, ...preferences.recentModelIds.filter((other) => other !== id)].slice(0, 3)
  updatePreferences({ preferredModelId: id, recentModelIds: recent }).catch(() => {})
}

export function toggleFavourite(id: Id<'model'>) {
  const favourites = meValue.get().preferences?.favouriteModelIds ?? []
  const next = favourites.includes(id)
    ? favourites.filter((other) => other !== id)
    : [...favourites, id].slice(-50)
  updatePreferences({ favouriteModelIds: next }).catch(() => {})
}

async function read() {
  try {
    const { items } = await call(listModels)
    loadedAt = Date.now()
    modelsValue.set({ type: 'ready', items: items.filter(({ kind }) => kind !== 'embedding') })
  } catch (error) {
    if (modelsValue.get().type === 'ready') return
    modelsValue.set({ type: 'failed', problem: error instanceof Refused ? error.problem : null })
  }
}

// Whoever signs in may see others.
let ownerId = meValue.get().actor?.id
meValue.subscribe(() => {
  const id = meValue.get().actor?.id
  if (id === ownerId) return
  ownerId = id
  loadedAt = 0
  modelsValue.set({ type: 'loading' })
})

/** Whether there is nothing to ask: no model is open to whoever looks, or none could be listed. */
export function useHasNoModels(): boolean {
  const models = useModels()
  return models.type === 'failed' || (models.type === 'ready' && models.items.length === 0)
}
