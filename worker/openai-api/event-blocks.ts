import { badReply } from '../providers/provider-faults.ts'

/** What one event may hold back before it ends; providers send a megabyte at the very most. */
const heldCharactersMax = 8 * 1024 * 1024

/** Takes a stream of server-sent events apart into whole events, as they came. */
export class EventBlocks {
  /** The event that has not ended: pieces of it, put together once, and its last two characters. */
  readonly #held: string[] = []
  #heldLength = 0
  #tail = ''

  /** The events that end in `text`, each with the empty line behind it. */
  take(text: string): string[] {
    const blocks: string[] = []
    // Of what is held only the tail may belong to an empty line: a long event is not read again.
    const all = this.#tail + text
    let start = 0
    for (let end = blockEnd(all, start); end > 0; end = blockEnd(all, start)) {
      blocks.push(this.#released() + all.slice(start, end))
      start = end
    }
    this.#hold(all.slice(start))
    return blocks
  }

  #released(): string {
    if (this.#heldLength === 0) return ''
    this.#heldLength = 0
    return this.#held.splice(0).join('')
  }

  #hold(rest: string): void {
    this.#tail = rest.slice(-2)
    if (rest.length <= 2) return
    this.#held.push(rest.slice(0, -2))
    this.#heldLength += rest.length - 2
    if (this.#heldLength > heldCharactersMax) throw badReply('an event of more than 8 MB')
  }
}

/** Where the first empty line behind `from` ends, under either line ending; -1 if there is none. */
function blockEnd(text: string, from: number): number {
  for (let at = text.indexOf('\n', from); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (text[at + 1] === '\n') return at + 2
    if (text[at + 1] === '\r' && text[at + 2] === '\n') return at + 3
  }
  return -1
}

/**
 * The data of one event. Only these line ends part its lines: others, such as U+2028, may stand
 * inside a text.
 */
export function dataOf(block: string): string {
  return block
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length).replace(/^ /, ''))
    .join('\n')
}
