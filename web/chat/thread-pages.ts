import type { MessagePage } from '#contract/conversations.ts'
import type { Id } from '#contract/ids.ts'
import type { ConversationDeps, PageQuery } from './conversation-deps.ts'
import type { ConversationState } from './conversation-state.ts'
import { joins, withNewestPage, withOlderPage, type MessageId } from './thread-state.ts'

/** Old pages are only wanted for reading, so they may be larger than the first. */
const olderLimit = 60
/** How many pages a thread is read upwards to join what is on screen, before it starts afresh. */
const joiningPagesMax = 10

export interface ThreadPages {
  /** Lays the newest page of the active thread over what is loaded. */
  refresh(): Promise<void>
  /** The same after another thread became the active one, far enough up to hold `shown`. */
  show(leaf: MessageId | null, shown: MessageId): Promise<void>
  loadOlder(): Promise<void>
  /** Puts refreshing off until `release`: what is on screen is ahead of the server. */
  hold(): void
  release(): void
}

interface Options {
  id: Id<'conversation'>
  get(): ConversationState
  change(to: (state: ConversationState) => ConversationState): void
  deps: ConversationDeps
  /** A newest page has been laid over. */
  onPage(): void
}

/** Reads the pages of one conversation's thread, never laying an old page over newer facts. */
export function threadPages({ id, get, change, deps, onPage }: Options): ThreadPages {
  // Counts what outdates a page asked for earlier: such a page is read again.
  let version = 0
  let holds = 0
  let wanted = false
  let reading: Promise<void> | null = null

  async function read(query: PageQuery, shown?: MessageId) {
    for (;;) {
      const asked = version
      const page = await upwards(query, shown)
      if (holds > 0) {
        wanted = true
        return
      }
      if (asked !== version) continue
      change((state) => ({ ...state, ...withNewestPage(state, page), status: { type: 'ready' } }))
      return onPage()
    }
  }

  async function upwards(query: PageQuery, shown?: MessageId): Promise<MessagePage> {
    let page = await deps.getPage(id, query)
    const reaches = () =>
      shown
        ? page.items.some((item) => item.id === shown)
        : get().thread.length === 0 || joins(get(), page)
    for (let count = 1; page.hasMore && !reaches() && count < joiningPagesMax; count++) {
      const before = page.items[0]?.id
      if (!before) break
      const leaf = page.leafId ? { leaf: page.leafId } : {}
      const older = await deps.getPage(id, { ...leaf, before, limit: olderLimit })
      page = { ...page, items: [...older.items, ...page.items], hasMore: older.hasMore }
    }
    return page
  }

  function refresh(): Promise<void> {
    version++
    if (holds > 0) {
      wanted = true
      return Promise.resolve()
    }
    reading ??= read({}).finally(() => {
      reading = null
    })
    return reading
  }

  async function loadOlder() {
    const { thread, hasOlder, loadingOlder } = get()
    const [first] = thread
    if (!first || !hasOlder || loadingOlder) return
    change((state) => ({ ...state, loadingOlder: true }))
    try {
      // What is above a message is the same on every thread through it.
      const page = await deps.getPage(id, { leaf: first, before: first, limit: olderLimit })
      change((state) => ({ ...state, ...withOlderPage(state, page) }))
    } finally {
      change((state) => ({ ...state, loadingOlder: false }))
    }
  }

  return {
    refresh,
    async show(leaf, shown) {
      version++
      await reading?.catch(() => {})
      await read(leaf ? { leaf } : {}, shown)
    },
    loadOlder,
    hold() {
      holds++
    },
    release() {
      holds--
      version++
      if (holds > 0 || !wanted) return
      wanted = false
      refresh().catch(() => {})
    },
  }
}
