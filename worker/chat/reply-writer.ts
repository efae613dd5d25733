import { Buffer } from 'node:buffer'
import type { GenerationEvent } from '../contract/generation-events.ts'
import type { TagSplitter } from '../providers/reasoning-tags.ts'
import { DeltaBuffer } from './delta-buffer.ts'

/** Stored parts of one message may hold this many bytes; what is beyond ends the reply. */
const replyBytesMax = 1_500_000

export interface ReplyWriterDeps {
  store(events: readonly GenerationEvent[]): void
  coalesceMs: number
  /** Finds reasoning that comes as tagged text; null when that is off. */
  newSplitter(): TagSplitter | null
  now(): number
}

/** Turns what a provider says into events of the reply: which kind, since when, and how much. */
export class ReplyWriter {
  readonly #deps: ReplyWriterDeps
  readonly #buffer: DeltaBuffer
  #splitter: TagSplitter | null
  #reasoningSince: number | null = null
  #bytes = 0
  text = ''
  reasoning = ''
  firstDeltaAt: number | null = null

  constructor(deps: ReplyWriterDeps) {
    this.#deps = deps
    this.#buffer = new DeltaBuffer(deps)
    this.#splitter = deps.newSplitter()
  }

  get isReasoning(): boolean {
    return this.#reasoningSince !== null
  }

  get isFull(): boolean {
    return this.#bytes >= replyBytesMax
  }

  /** For how long nothing that is read now would be shown. */
  get restMs(): number {
    return this.#buffer.restMs
  }

  get hasShown(): boolean {
    return this.firstDeltaAt !== null
  }

  /** Text as the provider sent it, which may hold tagged reasoning. */
  content(text: string): void {
    if (this.#splitter === null) return this.#write('content', text)
    for (const piece of this.#splitter.push(text))
      this.#write(piece.type === 'text' ? 'content' : 'reasoning', piece.text)
  }

  reasoningText(text: string): void {
    this.#write('reasoning', text)
  }

  /** Forgets what was held back of a call that showed nothing. */
  restart(): void {
    this.#splitter = this.#deps.newSplitter()
  }

  /** Brings what is held back or open to its end. */
  close(): void {
    for (const piece of this.#splitter?.end() ?? [])
      this.#write(piece.type === 'text' ? 'content' : 'reasoning', piece.text)
    this.#closeReasoning()
    this.#buffer.flush()
  }

  /** Stores `event` now, after whatever waited. */
  add(event: GenerationEvent): void {
    this.#buffer.add(event)
  }

  #write(type: 'content' | 'reasoning', text: string): void {
    const room = replyBytesMax - this.#bytes
    if (text === '' || room < 3) return
    const bytes = Buffer.byteLength(text)
    // Three bytes a UTF-16 unit is the most UTF-8 takes, so the bound holds whatever the script.
    const kept = bytes <= room ? text : text.slice(0, Math.floor(room / 3))
    this.#bytes = bytes <= room ? this.#bytes + bytes : replyBytesMax
    const now = this.#deps.now()
    this.firstDeltaAt ??= now
    if (type === 'reasoning') {
      this.#reasoningSince ??= now
      this.reasoning += kept
    } else {
      this.#closeReasoning()
      this.text += kept
    }
    this.#buffer.add({ type, content: kept })
  }

  #closeReasoning(): void {
    if (this.#reasoningSince === null) return
    const durationMs = this.#deps.now() - this.#reasoningSince
    this.#reasoningSince = null
    this.#buffer.add({ type: 'reasoning', done: true, durationMs })
  }
}
