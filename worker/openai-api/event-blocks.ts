import { badReply } from '../providers/provider-faults.ts'

/** What one event may hold back before it ends; providers send a megabyte at the very most. */
const heldCharactersMax = 8 * 1024 * 1024
const blockEnd = /\r?\n\r?\n/

/** Takes a stream of server-sent events apart into whole events, as they came. */
export class EventBlocks {
  #rest = ''

  /** The events that end in `text`, each with the empty line behind it. */
  take(text: string): string[] {
    const blocks: string[] = []
    this.#rest += text
    for (let end = blockEnd.exec(this.#rest); end; end = blockEnd.exec(this.#rest)) {
      const length = end.index + end[0].length
      blocks.push(this.#rest.slice(0, length))
      this.#rest = this.#rest.slice(length)
    }
    if (this.#rest.length > heldCharactersMax) throw badReply('an event of more than 8 MB')
    return blocks
  }
}
