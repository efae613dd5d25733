import { textOf } from '#contract/parts.ts'
import { prepareMarkdown } from '../text/markdown-client.ts'
import { messageOf } from './conversation-state.ts'
import type { ConversationStore } from './conversation-store.ts'
import type { MessageId } from './thread-state.ts'

/** So many rows beyond those on screen are read before they are scrolled to. */
const rowsAhead = 8

/** Reads the Markdown around what is on screen, so that a row is whole in its first paint. */
export function readAhead(store: ConversationStore) {
  const asked = new Set<MessageId>()

  return (first: number, last: number) => {
    const { thread } = store.get()
    const near = thread.slice(Math.max(0, first - rowsAhead), last + rowsAhead + 1)
    const fresh = near.filter((id) => !asked.has(id))
    if (fresh.length === 0) return
    for (const id of fresh) asked.add(id)
    // The cache has forgotten what is this far away.
    if (asked.size > 200) asked.clear()
    const texts = fresh.flatMap((id) => {
      const message = messageOf(store.get(), id)
      return message?.role === 'assistant' ? textOf(message.parts) : []
    })
    prepareMarkdown(texts.filter((text) => text !== '')).catch(() => {})
  }
}
