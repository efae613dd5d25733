import type { FinishReason } from '../contract/parts.ts'
import type { Fault } from '../platform/fault.ts'
import { finishReasonOf } from './finish-reason.ts'
import { FunctionCalls } from './google-genai-calls.ts'
import type { CarriedSignature } from './google-genai-request.ts'
import { lastEvents } from './last-events.ts'
import { countOf, fieldsOf, listOf, textOf, type Fields } from './narrow.ts'
import type { ReplyReader } from './play-reply.ts'
import type { ProviderEvent, ProviderUsage } from './provider.ts'
import { errorIn, faultOfError } from './provider-faults.ts'
import { countedUsage } from './usage.ts'

const filteredReason = /safety|recitation|blocklist|prohibited_content|spii|model_armor/i

/** One reply in the making: every chunk has the shape of a whole reply and holds the next parts. */
export class GoogleReply implements ReplyReader {
  readonly #secrets: readonly string[]
  readonly #calls = new FunctionCalls()
  #reason: FinishReason | null = null
  #raw: string | null = null
  #hasText = false
  #category: string | null = null
  #fault: Fault | null = null

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets
  }

  get isFinished(): boolean {
    return this.#reason !== null
  }

  get fault(): Fault | null {
    return this.#fault
  }

  /** A reply in one piece, or the list of chunks that a stream is without `alt=sse`. */
  isCompletion(body: unknown): boolean {
    return Array.isArray(body) ? body.some(isChunk) : isChunk(body)
  }

  readCompletion(completion: unknown): ProviderEvent[] {
    const events: ProviderEvent[] = []
    for (const chunk of Array.isArray(completion) ? completion : [completion]) {
      events.push(...this.readChunk(chunk, 'message'))
      if (this.#fault) break
    }
    return events
  }

  readChunk(chunk: unknown, name: string): ProviderEvent[] {
    const events: ProviderEvent[] = []
    const fields = fieldsOf(chunk)
    const candidate = firstCandidate(fields?.candidates)
    if (candidate) this.#readCandidate(candidate, events)
    const feedback = fieldsOf(fields?.promptFeedback)
    if (feedback?.blockReason) {
      this.#end('content_filter', feedback.blockReason, feedback.safetyRatings)
    }
    const usage = usageOf(fields?.usageMetadata)
    if (usage) events.push({ type: 'usage', usage })
    const error = errorIn(chunk, name)
    if (error) this.#fault = faultOfError(error, this.#secrets)
    return events
  }

  end(): ProviderEvent[] {
    return lastEvents({
      calls: this.#calls.take(this.#reason === 'stop'),
      reason: this.#reason,
      raw: this.#raw,
      hasText: this.#hasText,
      category: this.#category,
    })
  }

  #readCandidate(candidate: Fields, events: ProviderEvent[]): void {
    for (const part of listOf(fieldsOf(candidate.content)?.parts)) {
      const fields = fieldsOf(part)
      if (fields) this.#readPart(fields, events)
    }
    const { finishReason } = candidate
    if (!finishReason) return
    const isFiltered = filteredReason.test(String(finishReason))
    const reason = isFiltered ? 'content_filter' : finishReasonOf(String(finishReason))
    this.#end(reason, finishReason, candidate.safetyRatings)
  }

  #readPart(part: Fields, events: ProviderEvent[]): void {
    const content = textOf(part.text)
    if (content !== '') {
      const type = part.thought === true ? 'reasoning' : 'content'
      events.push({ type, content })
      this.#hasText ||= type === 'content'
    }
    const call = fieldsOf(part.functionCall)
    const callId = call && this.#calls.add(call)
    const thoughtSignature = textOf(part.thoughtSignature)
    if (thoughtSignature === '') return
    const carried: CarriedSignature = { callId, thoughtSignature }
    events.push({ type: 'carry', carried })
  }

  #end(reason: FinishReason, raw: unknown, ratings: unknown): void {
    this.#reason = reason
    this.#raw = String(raw)
    this.#category = blockedBy(ratings) ?? this.#raw
  }
}

function isChunk(body: unknown): boolean {
  const fields = fieldsOf(body)
  return Boolean(fields?.candidates ?? fields?.promptFeedback ?? fields?.usageMetadata)
}

/** The first candidate; its index is left out as often as not. */
function firstCandidate(candidates: unknown): Fields | null {
  const all = listOf(candidates).map(fieldsOf)
  return all.find((candidate) => candidate && (candidate.index ?? 0) === 0) ?? null
}

/** The first category of a verdict that did block. */
function blockedBy(ratings: unknown): string | null {
  const blocking = listOf(ratings).map(fieldsOf)
  return textOf(blocking.find((rating) => rating?.blocked === true)?.category) || null
}

/** Candidates are counted without the thoughts there, and output holds both here. */
function usageOf(reported: unknown): ProviderUsage | null {
  const usage = fieldsOf(reported)
  const candidates = countOf(usage?.candidatesTokenCount)
  const reasoningTokens = countOf(usage?.thoughtsTokenCount)
  const isOutputTold = candidates !== null || reasoningTokens !== null
  return countedUsage({
    inputTokens: countOf(usage?.promptTokenCount),
    outputTokens: isOutputTold ? (candidates ?? 0) + (reasoningTokens ?? 0) : null,
    reasoningTokens,
    cachedTokens: countOf(usage?.cachedContentTokenCount),
    totalTokens: countOf(usage?.totalTokenCount),
  })
}
