import type { ProviderId } from '../../contract/connections.ts'
import type { FinishReason } from '../../contract/parts.ts'
import type { ProviderEvent, ProviderUsage, ToolCall } from '../../providers/provider.ts'
import { brokenOff, foldResponse, type ResponseEvent } from './fold-response.ts'
import { packCarried } from './pack-carried.ts'
import { frameOf } from './response-frames.ts'
import { itemId, outputText, type Item } from './response-items.ts'
import { responseUsage, type ResponseObject, type ResponseStatus } from './response-object.ts'

export interface EventsOptions {
  provider: ProviderId
  /** The number of the first event. */
  sequence: number
  /** Whether the provider's own records of its reasoning are told to the caller. */
  tellsPacked: boolean
  /** Whether anybody can make use of such records at all, so that items are worth making for them. */
  keepsPacked: boolean
}

/** The item that is being put out, and what it has said so far. */
interface Open {
  type: 'message' | 'reasoning'
  id: string
  text: string[]
}

/** What a provider says, as the events of a response after those it was opened with. */
export class ResponseEvents {
  readonly #options: EventsOptions
  #response: ResponseObject
  #sequence: number
  #open: Open | null = null
  #carried: unknown[] = []
  #finish: FinishReason = 'stop'
  /** The provider's own records, by the reasoning item they belong to. */
  readonly packed = new Map<string, string>()

  constructor(response: ResponseObject, options: EventsOptions) {
    this.#response = { ...response, output: [] }
    this.#options = options
    this.#sequence = options.sequence
  }

  /** The frames one event of the provider adds; empty where it adds nothing. */
  take(event: ProviderEvent): string {
    switch (event.type) {
      case 'content':
        return this.#say('message', event.content)
      case 'reasoning':
        return this.#say('reasoning', event.content)
      case 'tool-call':
        return this.#close() + this.#call(event.call)
      case 'carry':
        return this.#carry(event.carried)
      case 'stop':
        this.#finish = event.reason
        return ''
      case 'usage':
      case 'without-stream-options':
        return ''
      default:
        return event satisfies never
    }
  }

  /** The last frames of a response whose provider has ended it. */
  end(usage: ProviderUsage): string {
    const reason = { length: 'max_output_tokens', content_filter: 'content_filter' }[
      this.#finish as string
    ]
    const closed = this.#close(reason === undefined ? 'completed' : 'incomplete')
    const outcome =
      reason === undefined
        ? { completed_at: Math.floor(Date.now() / 1_000) }
        : { incomplete_details: { reason } }
    const status = reason === undefined ? 'completed' : 'incomplete'
    return closed + this.#last(status, { ...outcome, usage: responseUsage(usage) })
  }

  /** What it has come to so far. */
  get response(): ResponseObject {
    return this.#response
  }

  /** The number of the next event. */
  get sequence(): number {
    return this.#sequence
  }

  #last(status: ResponseStatus & ('completed' | 'incomplete'), fields: object): string {
    const response = { ...this.#response, ...fields, status }
    return this.#emit({ type: `response.${status}`, response })
  }

  #emit(event: ResponseEvent): string {
    event.sequence_number = this.#sequence++
    this.#response = foldResponse(this.#response, event)
    return frameOf(event)
  }

  #say(type: Open['type'], text: string): string {
    if (text === '') return ''
    const opened = this.#open?.type === type ? '' : this.#close() + this.#begin(type)
    const { id, text: said } = this.#open!
    said.push(text)
    const index = { item_id: id, output_index: this.#response.output.length - 1 }
    const delta =
      type === 'message'
        ? {
            type: 'response.output_text.delta',
            ...index,
            content_index: 0,
            delta: text,
            logprobs: [],
          }
        : { type: 'response.reasoning_summary_text.delta', ...index, summary_index: 0, delta: text }
    return opened + this.#emit(delta)
  }

  #begin(type: Open['type']): string {
    const id = this.#newId(type)
    this.#open = { type, id, text: [] }
    const index = { item_id: id, output_index: this.#response.output.length }
    if (type === 'message') {
      const item = { id, type, status: 'in_progress', role: 'assistant', content: [] }
      const part = outputText('')
      return (
        this.#added(item) +
        this.#emit({ type: 'response.content_part.added', ...index, content_index: 0, part })
      )
    }
    const part = { type: 'summary_text', text: '' }
    return (
      this.#added({ id, type, status: 'in_progress', summary: [] }) +
      this.#emit({
        type: 'response.reasoning_summary_part.added',
        ...index,
        summary_index: 0,
        part,
      })
    )
  }

  /** Brings the item that is being put out to its end. */
  #close(status = 'completed'): string {
    const open = this.#open
    if (open === null) return ''
    this.#open = null
    const { type, id } = open
    const text = open.text.join('')
    const index = { item_id: id, output_index: this.#response.output.length - 1 }
    if (type === 'message') {
      const at = { ...index, content_index: 0 }
      const part = outputText(text)
      return (
        this.#emit({ type: 'response.output_text.done', ...at, text, logprobs: [] }) +
        this.#emit({ type: 'response.content_part.done', ...at, part }) +
        this.#done({ id, type, status, role: 'assistant', content: [part] })
      )
    }
    const at = { ...index, summary_index: 0 }
    const part = { type: 'summary_text', text }
    return (
      this.#emit({ type: 'response.reasoning_summary_text.done', ...at, text }) +
      this.#emit({ type: 'response.reasoning_summary_part.done', ...at, part }) +
      this.#done({ id, type, status, summary: [part], ...this.#pack(id) })
    )
  }

  /** A record belongs to the thought that is open, or is an item without words. */
  #carry(carried: unknown): string {
    if (!this.#options.keepsPacked) return ''
    this.#carried.push(carried)
    if (this.#open?.type === 'reasoning') return ''
    const closed = this.#close()
    const id = this.#newId('reasoning')
    const item = { id, type: 'reasoning', summary: [] }
    return (
      closed +
      this.#added({ ...item, status: 'in_progress' }) +
      this.#done({ ...item, status: 'completed', ...this.#pack(id) })
    )
  }

  #pack(id: string): { encrypted_content?: string } {
    if (this.#carried.length === 0) return {}
    const packed = packCarried(this.#options.provider, this.#carried)
    this.#carried = []
    this.packed.set(id, packed)
    return this.#options.tellsPacked ? { encrypted_content: packed } : {}
  }

  #call({ id: callId, name, arguments: given }: ToolCall): string {
    const id = this.#newId('function_call')
    const index = { item_id: id, output_index: this.#response.output.length }
    // No arguments at all are told as an empty object, because callers parse whatever they get.
    const told = given === '' ? '{}' : given
    const item = { id, type: 'function_call', call_id: callId, name }
    return (
      this.#added({ ...item, arguments: '', status: 'in_progress' }) +
      this.#emit({ type: 'response.function_call_arguments.delta', ...index, delta: told }) +
      this.#emit({
        type: 'response.function_call_arguments.done',
        ...index,
        name,
        arguments: told,
      }) +
      this.#done({ ...item, arguments: told, status: 'completed' })
    )
  }

  #newId(type: string): string {
    return itemId(type, this.#response.id, this.#response.output.length)
  }

  #added(item: Item): string {
    const output_index = this.#response.output.length
    return this.#emit({ type: 'response.output_item.added', output_index, item })
  }

  #done(item: Item): string {
    const output_index = this.#response.output.length - 1
    return this.#emit({ type: 'response.output_item.done', output_index, item })
  }
}

/** The first frames of a response, numbered from 0. */
export function openingFrames(response: ResponseObject): string[] {
  const types =
    response.status === 'queued' ? ['created', 'queued', 'in_progress'] : ['created', 'in_progress']
  return types.map((type, sequence) =>
    frameOf({
      type: `response.${type}`,
      sequence_number: sequence,
      response: type === 'in_progress' ? { ...response, status: 'in_progress' } : response,
    }),
  )
}

/** Why a response ends that nobody brings to its end. */
export type Breach =
  | { status: 'failed'; error: { code: string; message: string } }
  | { status: 'cancelled' }

/** The last frame of a response that is not brought to its end. */
export function brokenFrame(response: ResponseObject, sequence: number, breach: Breach): string {
  return frameOf({
    // There is no event of its own for a response that was cancelled.
    type: breach.status === 'failed' ? 'response.failed' : 'response.incomplete',
    sequence_number: sequence,
    response: { ...response, ...breach, output: brokenOff(response.output) },
  })
}
