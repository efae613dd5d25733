import { countOf, textOf } from './narrow.ts'

/**
 * Tells which output item an event of a Responses stream is about. Events name it by its id, by its
 * index, by both or by neither, and some servers change the id from one event to the next.
 */
export class ItemKeys {
  readonly #byName = new Map<string, number>()
  #last = -1

  /** The key of an item that opens here, which from now on is what its names mean. */
  open(id: unknown, index: unknown): number {
    this.#last++
    for (const name of namesOf(id, index)) this.#byName.set(name, this.#last)
    return this.#last
  }

  /** The key of the item named; one that names nothing goes on with the last, a new name opens. */
  find(id: unknown, index: unknown): number {
    const names = namesOf(id, index)
    const known = names.map((name) => this.#byName.get(name)).find((key) => key !== undefined)
    if (known !== undefined) return known
    return names.length === 0 && this.#last >= 0 ? this.#last : this.open(id, index)
  }

  /** Another response begins in the same stream: its names are its own. */
  forget(): void {
    this.#byName.clear()
  }
}

function namesOf(id: unknown, index: unknown): string[] {
  const at = countOf(index)
  return [...(textOf(id) === '' ? [] : [`id ${textOf(id)}`]), ...(at === null ? [] : [`at ${at}`])]
}
