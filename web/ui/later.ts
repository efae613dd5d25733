import { lazy, type ComponentType, type LazyExoticComponent } from 'react'

/** By then what somebody came for is on screen. */
const restMs = 3_000
let waiting: (() => Promise<unknown>)[] = []

/**
 * A component the first paint can do without. It is fetched soon afterwards, so that it is there
 * when it is first shown, also without a network.
 */
export function later<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  fetchSoon(load)
  return lazy(async () => ({ default: await load() }))
}

/** The same for code that shows nothing: gives `load` back, for when it is needed. */
export function fetchSoon<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded> {
  if (waiting.push(load) === 1) setTimeout(fetchAll, restMs)
  return load
}

function fetchAll() {
  const loads = waiting
  waiting = []
  // Without a network each would fail, and the page would look for newer files.
  if (!navigator.onLine) return
  for (const load of loads) load().catch(() => {})
}
