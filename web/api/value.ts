import { useSyncExternalStore } from 'react'

/** Something several parts of the page read, kept outside of React. */
export interface Value<Type> {
  get(): Type
  set(next: Type): void
  subscribe(listener: () => void): () => void
}

/** Setting the same value again tells nobody. */
export function createValue<Type>(initial: Type): Value<Type> {
  let current = initial
  const listeners = new Set<() => void>()
  return {
    get: () => current,
    set(next) {
      if (Object.is(next, current)) return
      current = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The current value; the component renders again when it changes. */
export function useValue<Type>(value: Value<Type>): Type {
  return useSyncExternalStore(value.subscribe, value.get)
}
