import { useSyncExternalStore } from 'react'
import { createValue, type Value } from '../api/value.ts'
import type { ConversationStore } from './conversation-store.ts'
import type { MessageId } from './thread-state.ts'

/** What a reader has opened and begun in a thread; it outlives a message's scrolling away. */
interface ViewState {
  folds: ReadonlyMap<string, boolean>
  editing: MessageId | null
  /** To be deleted when that is confirmed. */
  deleting: MessageId | null
  /** What the thread was last told to show; each telling is another object. */
  target: { show: 'end' | MessageId }
}

const views = new WeakMap<ConversationStore, Value<ViewState>>()

function viewOf(store: ConversationStore): Value<ViewState> {
  const known = views.get(store)
  if (known) return known
  const view = createValue<ViewState>({
    folds: new Map(),
    editing: null,
    deleting: null,
    target: { show: 'end' },
  })
  views.set(store, view)
  return view
}

/** Whether a fold was opened or closed by hand (null: neither), and how to do so. */
export function useFold(
  store: ConversationStore,
  key: string,
): [boolean | null, (open: boolean) => void] {
  const view = viewOf(store)
  const open = useSyncExternalStore(view.subscribe, () => view.get().folds.get(key) ?? null)
  const set = (next: boolean) => {
    const state = view.get()
    view.set({ ...state, folds: new Map(state.folds).set(key, next) })
  }
  return [open, set]
}

export function useIsEditing(store: ConversationStore, id: MessageId): boolean {
  const view = viewOf(store)
  return useSyncExternalStore(view.subscribe, () => view.get().editing === id)
}

/** Opens a message for editing, in place of any other, and shows it; null closes. */
export function setEditing(store: ConversationStore, id: MessageId | null) {
  const view = viewOf(store)
  const state = view.get()
  view.set({ ...state, editing: id, target: id ? { show: id } : state.target })
}

export function useDeleting(store: ConversationStore): MessageId | null {
  const view = viewOf(store)
  return useSyncExternalStore(view.subscribe, () => view.get().deleting)
}

/** Asks whether a message shall really be deleted; null withdraws the question. */
export function setDeleting(store: ConversationStore, id: MessageId | null) {
  const view = viewOf(store)
  view.set({ ...view.get(), deleting: id })
}

export function useTarget(store: ConversationStore): ViewState['target'] {
  const view = viewOf(store)
  return useSyncExternalStore(view.subscribe, () => view.get().target)
}

/** Shows the end of the thread: what somebody has just asked for is there. */
export function jumpToEnd(store: ConversationStore) {
  const view = viewOf(store)
  view.set({ ...view.get(), target: { show: 'end' } })
}
