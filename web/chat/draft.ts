import type { Id } from '#contract/ids.ts'
import type { Part } from '#contract/parts.ts'
import { createValue } from '../api/value.ts'
import type { MessageId } from './thread-state.ts'

/** What a text belongs to: a conversation, one actor's welcome page, or a message being edited. */
export type DraftKey = Id<'conversation'> | `new:${string}` | MessageId

/** An uploaded image, as the message it is sent with will have it. */
export type AttachmentPart = Extract<Part, { type: 'attachment' }>

/** What is said in one message. */
interface Content {
  text: string
  images: readonly AttachmentPart[]
}

/** A message on its way to the server, kept until it is known to have arrived. */
interface Held extends Content {
  messageId: MessageId
  tab: string
  at: number
}

interface Draft extends Content {
  held: readonly Held[]
}

/**
 * Unsent text and images per composer. They outlive reloads, sign-out and failed sends: they go
 * when sent.
 */
export interface Drafts {
  textOf(key: DraftKey): string
  /** The same array until it changes. */
  imagesOf(key: DraftKey): readonly AttachmentPart[]
  /** An image has been uploaded; it comes after those that are there. */
  addImage(key: DraftKey, image: AttachmentPart): void
  removeImage(key: DraftKey, id: AttachmentPart['attachmentId']): void
  /** What was typed, as it stands. It is stored a moment later, or at `flush`. */
  write(key: DraftKey, text: string): void
  /** Empties the composer. */
  clear(key: DraftKey): void
  /** A message is on its way to the server. */
  hold(key: DraftKey, messageId: MessageId, text: string, images: Images): void
  /** The server has the message. */
  release(key: DraftKey, messageId: MessageId): void
  /** The server does not have it: it goes in front of whatever was added since. */
  putBack(key: DraftKey, messageId: MessageId): void
  /** Takes a message that was put back out again. False when it was edited since. */
  take(key: DraftKey, text: string, images: Images): boolean
  /** What is on its way. */
  heldOf(key: DraftKey): readonly MessageId[]
  /** Puts back what a reload left on its way, unless the server turns out to have it. */
  recover(key: DraftKey, arrived: (id: MessageId) => boolean): void
  /** What is in one composer goes to another, in front of what is there. */
  move(from: DraftKey, to: DraftKey): void
  /** Stores what has been typed since the last time. */
  flush(): void
  /** Told when a draft changed other than by typing in it. */
  subscribe(listener: () => void): () => void
  /** Counts those changes. */
  revision(): number
}

type Images = readonly AttachmentPart[]

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
    const draft = draftOf(key)
    const held = draft.held.filter((each) => !lost.includes(each))
    put(key, { ...joined([...lost, draft]), held })
    changed()
  }

  return {
    textOf: (key) => draftOf(key).text,
    imagesOf: (key) => draftOf(key).images,
    addImage(key, image) {
      const draft = draftOf(key)
      put(key, { ...draft, images: [...draft.images, image] })
      changed()
    },
    removeImage(key, id) {
      const draft = draftOf(key)
      put(key, { ...draft, images: draft.images.filter((each) => each.attachmentId !== id) })
      changed()
    },
    write(key, text) {
      memory.set(key, { ...draftOf(key), text })
      unstored.add(key)
      later(flush)
    },
    clear(key) {
      put(key, { ...draftOf(key), text: '', images: [] })
      changed()
    },
    hold(key, messageId, text, images) {
      const draft = draftOf(key)
      put(key, { ...draft, held: [...draft.held, { messageId, text, images, tab, at: now() }] })
    },
    release(key, messageId) {
      const draft = draftOf(key)
      put(key, { ...draft, held: draft.held.filter((each) => each.messageId !== messageId) })
    },
    putBack(key, messageId) {
      giveBack(
        key,
        draftOf(key).held.filter((each) => each.messageId === messageId),
      )
    },
    take(key, takenText, takenImages) {
      const draft = draftOf(key)
      const text = textAfter(draft.text, takenText)
      const isThere = takenImages.every((each, index) => isSame(each, draft.images[index]))
      if (text === null || !isThere) return false
      put(key, { ...draft, text, images: draft.images.slice(takenImages.length) })
      changed()
      return true
    },
    heldOf: (key) => draftOf(key).held.map(({ messageId }) => messageId),
    recover(key, arrived) {
      const draft = draftOf(key)
      const left = draft.held.filter(({ messageId }) => !arrived(messageId))
      if (left.length < draft.held.length) put(key, { ...draft, held: left })
      giveBack(
        key,
        left.filter((each) => each.tab === tab || now() - each.at > abandonedMs),
      )
    },
    move(from, to) {
      const moved = draftOf(from)
      const there = draftOf(to)
      put(to, { ...joined([moved, there]), held: [...moved.held, ...there.held] })
      put(from, nothing)
      changed()
    },
    flush,
    subscribe: revision.subscribe,
    revision: revision.get,
  }
}

/** What is left of `text` without `taken` at its beginning; null when it does not begin with it. */
function textAfter(text: string, taken: string): string | null {
  if (taken === '') return text
  if (text !== taken && !text.startsWith(`${taken}\n\n`)) return null
  return text.slice(taken.length).replace(/^\n\n/, '')
}

function joined(contents: readonly Content[]): Content {
  const texts = contents.map(({ text }) => text).filter((text) => text !== '')
  return { text: texts.join('\n\n'), images: contents.flatMap(({ images }) => images) }
}

function isSame(a: AttachmentPart, b: AttachmentPart | undefined): boolean {
  return a.attachmentId === b?.attachmentId
}

const prefix = 'aichat.draft.'
const nothing: Draft = { text: '', images: [], held: [] }

function read(storage: DraftsOptions['storage'], key: DraftKey): Draft {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(prefix + key) ?? 'null')
    if (isDraft(stored)) return withImages(stored)
  } catch {
    // Unreadable: another version's, or storage that is switched off.
  }
  return nothing
}

function write(storage: DraftsOptions['storage'], key: DraftKey, draft: Draft) {
  try {
    const isEmpty = draft.text === '' && draft.images.length === 0 && draft.held.length === 0
    if (isEmpty) storage?.removeItem(prefix + key)
    else storage?.setItem(prefix + key, JSON.stringify(draft))
  } catch {
    // Full or switched off: it stays in memory for as long as the page does.
  }
}

type StoredDraft = Omit<Draft, 'images' | 'held'> & {
  images?: Images
  held: (Omit<Held, 'images'> & { images?: Images })[]
}

/** A draft from before there were images has none. */
function withImages({ text, images = [], held }: StoredDraft): Draft {
  return { text, images, held: held.map((each) => ({ ...each, images: each.images ?? [] })) }
}

function isDraft(value: unknown): value is StoredDraft {
  if (typeof value !== 'object' || value === null) return false
  return (
    'text' in value &&
    typeof value.text === 'string' &&
    'held' in value &&
    Array.isArray(value.held) &&
    (!('images' in value) || Array.isArray(value.images))
  )
}
