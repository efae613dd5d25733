import type { FinishReason } from '../contract/parts.ts'
import type { Fault } from '../platform/fault.ts'
import { finishReasonOf } from './finish-reason.ts'
import { ItemKeys } from './item-keys.ts'
import { lastEvents } from './last-events.ts'
import { countOf, fieldsOf, listOf, textOf, type Fields } from './narrow.ts'
import { hasList, type ReplyReader } from './play-reply.ts'
import type { ProviderEvent } from './provider.ts'
import { errorIn, faultOfError } from './provider-faults.ts'
import { ToolCallAssembly } from './tool-calls.ts'
import { usageOf } from './usage.ts'

/** What a part of an item is read as; a thought is told in full or summed up. */
type Said = 'text' | 'thought' | 'summary'

const saidBy = new Map<string, Said>([
  ['output_text', 'text'],
  ['text', 'text'],
  ['refusal', 'text'],
  ['reasoning_text', 'thought'],
  ['reasoning', 'thought'],
  ['reasoning_summary_text', 'summary'],
  ['reasoning_summary', 'summary'],
  ['summary_text', 'summary'],
])
const textEvent = /^response\.([a-z_]+)\.(delta|done)$/
const lastEvent = /^response\.(completed|incomplete|failed|cancelled|done)$/

/**
 * One Responses reply in the making. Everything in it is told up to four times: in deltas, at the end
 * of its part, of its item and of the response. The first telling counts.
 */
export class ResponsesReply implements ReplyReader {
  readonly #secrets: readonly string[]
  readonly #calls = new ToolCallAssembly()
  readonly #items = new ItemKeys()
  /** What the response that is being read has told already. */
  readonly #told = new Set<string>()
  #reason: FinishReason | null = null
  #raw: string | null = null
  #hasText = false
  #fault: Fault | null = null

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets
  }

  isCompletion(body: unknown): boolean {
    return hasList(body, 'output')
  }

  get isFinished(): boolean {
    return this.#reason !== null
  }

  get fault(): Fault | null {
    return this.#fault
  }

  readCompletion(completion: unknown): ProviderEvent[] {
    const events: ProviderEvent[] = []
    const response = fieldsOf(completion)
    const error = errorIn(completion, 'message')
    if (response) this.#close(response, '', events)
    if (error) this.#fault = faultOfError(error, this.#secrets)
    return events
  }

  readChunk(chunk: unknown, name: string): ProviderEvent[] {
    const events: ProviderEvent[] = []
    const fields = fieldsOf(chunk)
    if (fields) this.#readEvent(textOf(fields.type) || name, fields, events)
    const error = errorIn(chunk, name)
    if (error) this.#fault = faultOfError(error, this.#secrets)
    return events
  }

  end(): ProviderEvent[] {
    return lastEvents({
      calls: this.#calls.take(),
      reason: this.#reason,
      raw: this.#raw,
      hasText: this.#hasText,
      category: null,
    })
  }

  #readEvent(type: string, fields: Fields, events: ProviderEvent[]): void {
    const [, part = '', step] = textEvent.exec(type) ?? []
    const key = () => this.#items.find(fields.item_id, fields.output_index)
    const place = fields.summary_index ?? fields.content_index
    const said = saidBy.get(part)
    if (type === 'response.created') this.#begin()
    else if (lastEvent.test(type)) {
      this.#close(fieldsOf(fields.response) ?? {}, type.slice('response.'.length), events)
    } else if (type === 'response.output_item.added' || type === 'response.output_item.done') {
      const item = fieldsOf(fields.item)
      if (item) this.#readItem(item, fields.output_index, type.endsWith('added'), events)
    } else if (part === 'function_call_arguments') {
      this.#addCall(
        key(),
        { name: fields.name },
        fields.delta ?? fields.arguments,
        step === 'delta',
      )
    } else if (part === 'content_part' || part === 'reasoning_summary_part') {
      this.#readPart(fieldsOf(fields.part), key(), place, events)
    } else if (said) {
      const whole = step === 'done' ? (fields.text ?? fields.refusal) : null
      const content = textOf(whole ?? fields.delta) || textOf(fieldsOf(fields.delta)?.text)
      this.#tell(said, key(), place, content, step === 'delta', events)
    }
  }

  #begin(): void {
    this.#items.forget()
    this.#told.clear()
    this.#reason = null
    this.#raw = null
  }

  /** The end of a response; what only it has told is read from it. `how` is the name of its event. */
  #close(response: Fields, how: string, events: ProviderEvent[]): void {
    const output = listOf(response.output).map(fieldsOf)
    const already = new Set(this.#told)
    for (const item of output) if (item && !already.has(sortOf(item))) this.#readWhole(item, events)
    if (!this.#told.has('text') && output.length === 0) {
      this.#tell('text', -1, 0, textOf(response.output_text), false, events)
    }
    const usage = usageOf(response.usage)
    if (usage) events.push({ type: 'usage', usage })
    const outcome = textOf(response.status) || how
    if (response.error || outcome === 'failed') {
      const status = response.error ? undefined : 502
      this.#fault = faultOfError(response.error ?? 'The response failed.', this.#secrets, status)
    }
    const raw = textOf(fieldsOf(response.incomplete_details)?.reason) || outcome
    this.#raw = raw || null
    this.#reason = raw === '' ? null : reasonOf(raw)
  }

  #readWhole(item: Fields, events: ProviderEvent[]): void {
    const key = this.#items.open(item.id, null)
    if (item.type === 'function_call') this.#addCall(key, item, item.arguments, false)
    else this.#readContents(item, key, events)
  }

  #readItem(item: Fields, index: unknown, isOpening: boolean, events: ProviderEvent[]): void {
    const key = isOpening ? this.#items.open(item.id, index) : this.#items.find(item.id, index)
    if (item.type === 'function_call') this.#addCall(key, item, item.arguments, false)
    else if (!isOpening) this.#readContents(item, key, events)
  }

  #readContents(item: Fields, key: number, events: ProviderEvent[]): void {
    const isReasoning = item.type === 'reasoning'
    if (!isReasoning && item.type !== 'message') return
    for (const parts of [item.summary, item.content]) {
      for (const [place, part] of listOf(parts).entries()) {
        this.#readPart(fieldsOf(part), key, place, events)
      }
    }
    if (isReasoning && textOf(item.encrypted_content) !== '') {
      this.#told.add('reasoning')
      events.push({ type: 'carry', carried: item })
    }
  }

  #readPart(part: Fields | null, key: number, place: unknown, events: ProviderEvent[]): void {
    const said = saidBy.get(textOf(part?.type))
    const content = textOf(part?.text) || textOf(part?.refusal)
    if (said) this.#tell(said, key, place, content, false, events)
  }

  /** Shows a delta, or what is told as a whole and was not told before. */
  #tell(
    said: Said,
    key: number,
    place: unknown,
    content: string,
    isDelta: boolean,
    events: ProviderEvent[],
  ): void {
    const other = { text: '', thought: 'summary', summary: 'thought' }[said]
    const here = `${key} ${said} ${countOf(place) ?? 0}`
    // What is both told in full and summed up counts once.
    if (content === '' || this.#told.has(`${key} ${other}`)) return
    if (!isDelta && this.#told.has(here)) return
    const sort = said === 'text' ? 'text' : 'reasoning'
    for (const name of [here, `${key} ${said}`, sort]) this.#told.add(name)
    if (sort === 'text') this.#hasText = true
    events.push({ type: sort === 'text' ? 'content' : 'reasoning', content })
  }

  /** Adds to a call what is new of it: deltas, or arguments told as a whole for the first time. */
  #addCall(key: number, call: Fields, given: unknown, isDelta: boolean): void {
    const here = `${key} arguments`
    const isNew = isDelta || !this.#told.has(here)
    // A name told twice would open another call where the id has changed.
    const name = this.#told.has(`${key} name`) ? '' : call.name
    const called = { name, arguments: isNew ? given : '' }
    if (given && isNew) this.#told.add(here)
    if (name) this.#told.add(`${key} name`)
    this.#told.add('call')
    this.#calls.addDeltas([{ index: key, id: call.call_id, function: called }])
  }
}

/** The sort of telling an item is part of; the ids of a response's items may differ from the stream's. */
function sortOf({ type }: Fields): string {
  if (type === 'function_call') return 'call'
  return type === 'reasoning' ? 'reasoning' : 'text'
}

function reasonOf(raw: string): FinishReason {
  return raw === 'max_output_tokens' ? 'length' : finishReasonOf(raw)
}
