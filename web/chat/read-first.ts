import type { Message } from '#contract/message.ts'
import { textOf } from '#contract/parts.ts'
import { prepareMarkdown } from '../text/markdown-client.ts'

/** So many replies at the end of a page can be on screen at once. */
const repliesMax = 6
/** A reading that takes longer is not waited for: the text is shown as written meanwhile. */
const waitMsMax = 150

/**
 * Reads the Markdown at the end of a page before the page is shown, so that what is shown first is
 * what stays.
 */
export async function readFirst(messages: readonly Message[]): Promise<void> {
  const texts = messages
    .filter(({ role }) => role === 'assistant')
    .slice(-repliesMax)
    .map(({ parts }) => textOf(parts))
    .filter((text) => text !== '')
  if (texts.length === 0) return
  const enough = new Promise<void>((resolve) => setTimeout(resolve, waitMsMax))
  await Promise.race([prepareMarkdown(texts).catch(() => {}), enough])
}

/** Has the reader of Markdown loaded by the time there is something to read. */
export function warmUpReader() {
  prepareMarkdown(['.']).catch(() => {})
}
