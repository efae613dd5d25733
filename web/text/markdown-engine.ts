import { Enrichment } from './enrichment.ts'
import { MarkdownDocument } from './markdown-document.ts'
import type { FromWorker, ToWorker } from './markdown-protocol.ts'
import type { Patch } from './tree-patch.ts'

interface Entry {
  document: MarkdownDocument
  text: string
  isFinished: boolean
}

/** Reads the texts it is sent and answers with how their trees change; runs in any thread. */
export class MarkdownEngine {
  readonly #send: (answer: FromWorker) => void
  readonly #enrichment: Enrichment
  readonly #entries = new Map<number, Entry>()

  constructor(send: (answer: FromWorker) => void) {
    this.#send = send
    this.#enrichment = new Enrichment(() => this.#refresh())
  }

  receive(message: ToWorker): void {
    if (message.type === 'drop') {
      this.#entries.delete(message.id)
      return
    }
    const { id, text, finished } = message
    const entry = this.#entries.get(id) ?? this.#entry()
    this.#entries.set(id, entry)
    entry.text += text
    entry.isFinished = finished
    this.#answer(id, entry, true, () => {
      entry.document.append(text)
      return entry.document.update(finished)
    })
  }

  #entry(): Entry {
    return { document: new MarkdownDocument(this.#enrichment), text: '', isFinished: false }
  }

  #refresh(): void {
    for (const [id, entry] of this.#entries) {
      if (entry.document.isUnsettled) {
        this.#answer(id, entry, false, () => entry.document.refresh())
      }
    }
  }

  #answer(id: number, entry: Entry, isAnswer: boolean, read: () => Patch): void {
    const startedAt = performance.now()
    let patch: Patch
    try {
      patch = read()
    } catch (error) {
      // Whatever goes wrong in here, the reader gets the text.
      console.error(error)
      const plain = { type: 'html-block' as const, text: entry.text }
      patch = { keep: 0, added: [plain], keepEnd: 0 }
    }
    const { isUnsettled } = entry.document
    if (entry.isFinished && !isUnsettled) this.#entries.delete(id)
    const ms = performance.now() - startedAt
    this.#send({ id, patch, isAnswer, isSettled: !isUnsettled, ms })
  }
}
