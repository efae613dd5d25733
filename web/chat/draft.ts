import type { Id } from '#contract/ids.ts'
import { createValue } from '../api/value.ts'
import type { MessageId } from './thread-state.ts'

/** What a text belongs to: a conversation, one actor's welcome page, or a message being edited. */
export type DraftKey = Id<'conversation'> | `new:${string}` | MessageId

/** A text on its way to the server, kept until it is known to have arrived. */
interface Held {
  messageId: MessageId
  text: string
  tab: string
  at: number
}

interface Draft {
  text: string
  held: readonly Held[]
}

/** Unsent text per composer. It outlives reloads, sign-out and failed sends: it goes when sent. */
export interface Drafts {
  textOf(key: DraftKey): string
  /** What was typed, as it stands. It is stored a moment later, or at `flush`. */
  write(key: DraftKey, text: string): void
  /** Empties the composer. */
  clear(key: DraftKey): void
  /** A text is on its way to the server. */
  hold(key: DraftKey, messageId: MessageId, text: string): void
  /** The server has the text. */
  release(key: DraftKey, messageId: MessageId): void
  /** The server does not have it: it goes in front of whatever was typed since. */
  putBack(key: DraftKey, messageId: MessageId): void
  /** Takes a text that was put back out again. False when it was edited since. */
  take(key: DraftKey, text: string): boolean
  /** What is on its way. */
  heldOf(key: DraftKey): readonly MessageId[]
  /** Puts back what a reload left on its way, unless the server turns out to have it. */
  recover(key: DraftKey, arrived: (id: MessageId) => boolean): void
  /** What is in one composer goes to another, in front of what is there. */
  move(from: DraftKey, to: DraftKey): void
  /** Stores what has been typed since the last time. */
  flush(): void
  /** Told when a text changed other than by typing it. */
  subscribe(listener: () => void): () => void
  /** Counts those changes. */
  revision(): number
}

/** A hold of another tab is left to that tab unless it is this old. */
const abandonedMs = 60_000

export interface DraftsOptions {
  /** Where drafts are kept; without one they live as long as the page. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null
  /** Names this tab, the same after a reload. */
  tab: string
  now(): number
  /** Runs `flush` soon, so that typing does not write on every key. */
  later(flush: () => void): void
}

/** Drafts kept in `storage`; one that refuses to keep anything only costs the reload. */
export function createDrafts({ storage, tab, now, later }: DraftsOptions): Drafts {
  const memory = new Map<DraftKey, Draft>()
  const unstored = new Set<DraftKey>()
  const revision = createValue(0)

  function draftOf(key: DraftKey): Draft {
    const known = memory.get(key) ?? read(storage, key)
    memory.set(key, known)
    return known
  }
  function put(key: DraftKey, draft: Draft) {
    memory.set(key, draft)
    unstored.delete(key)
    write(storage, key, draft)
  }
  function flush() {
    for (const key of unstored) put(key, draftOf(key))
  }
  function changed() {
    revision.set(revision.get() + 1)
  }
  function giveBack(key: DraftKey, lost: readonly Held[]) {
    if (lost.length === 0) return
    const { text, held } = draftOf(key)
    const texts = [...lost.map((each) => each.text), text].filter((each) => each !== '')
    put(key, { text: texts.join('\n\n'), held: held.filter((each) => !lost.includes(each)) })
    changed()
  }

  return {
    textOf: (key) => draftOf(key).text,
    write(key, text) {
      memory.set(key, { ...draftOf(key), text })
      unstored.add(key)
      later(flush)
    },
    clear(key) {
      put(key, { ...draftOf(key), text: '' })
      changed()
    },
    hold(key, messageId, text) {
      const draft = draftOf(key)
      put(key, { ...draft, held: [...draft.held, { messageId, text, tab, at: now() }] })
    },
    release(key, messageId) {
      const { text, held } = draftOf(key)
      put(key, { text, held: held.filter((each) => each.messageId !== messageId) })
    },
    putBack(key, messageId) {
      giveBack(
        key,
        draftOf(key).held.filter((each) => each.messageId === messageId),
      )
    },
    take(key, taken) {
      const { text, held } = draftOf(key)
      if (text !== taken && !text.startsWith(`${taken}\n\n`)) return false
      put(key, { text: text.slice(taken.length).replace(/^\n\n/, ''), held })
      changed()
      return true
    },
    heldOf: (key) => draftOf(key).held.map(({ messageId }) => messageId),
    recover(key, arrived) {
      const { text, held } = draftOf(key)
      const left = held.filter(({ messageId }) => !arrived(messageId))
      if (left.length < held.length) put(key, { text, held: left })
      giveBack(
        key,
        left.filter((each) => each.tab === tab || now() - each.at > abandonedMs),
      )
    },
    move(from, to) {
      const moved = draftOf(from)
      const { text, held } = draftOf(to)
      const texts = [moved.text, text].filter((each) => each !== '')
      put(to, { text: texts.join('\n\n'), held: [...moved.held, ...held] })
      put(from, { text: '', held: [] })
      changed()
    },
    flush,
    subscribe: revision.subscribe,
    revision: revision.get,
  }
}

const prefix = 'aichat.draft.'

function read(storage: DraftsOptions['storage'], key: DraftKey): Draft {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(prefix + key) ?? 'null')
    if (isDraft(stored)) return stored
  } catch {
    // Unreadable: another version's, or storage that is switched off.
  }
  return { text: '', held: [] }
}

function write(storage: DraftsOptions['storage'], key: DraftKey, draft: Draft) {
  try {
    if (draft.text === '' && draft.held.length === 0) storage?.removeItem(prefix + key)
    else storage?.setItem(prefix + key, JSON.stringify(draft))
  } catch {
    // Full or switched off: the text stays in memory for as long as the page does.
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false
  return (
    'text' in value &&
    typeof value.text === 'string' &&
    'held' in value &&
    Array.isArray(value.held)
  )
}
