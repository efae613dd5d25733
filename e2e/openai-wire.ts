import { hasOpenAiContract, loadOpenAiContract, type OpenAiContract } from './openai-contract.ts'

const contract = hasOpenAiContract('replies by the published schemas')
  ? await loadOpenAiContract()
  : null

/** A reply under /v1 as its client got it; of a stream that was left, what had come by then. */
export interface WireReply {
  method: string
  url: URL
  asked: { stream?: boolean; model?: string; stream_options?: { include_usage?: boolean } }
  status: number
  text: string
  /** Whether it came to its end. */
  isWhole: boolean
}

/** Sends requests as they are, and writes down what comes back. */
export function recordingFetch(replies: WireReply[]): typeof fetch {
  return async (input, init) => {
    const { method, url } = new Request(input, init)
    const response = await fetch(input, init)
    const { status, headers } = response
    const asked = typeof init?.body === 'string' ? JSON.parse(init.body) : {}
    const reply = { method, url: new URL(url), asked, status, text: '', isWhole: false }
    replies.push(reply)
    const decoder = new TextDecoder()
    const noting = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        reply.text += decoder.decode(chunk, { stream: true })
        controller.enqueue(chunk)
      },
      flush() {
        reply.isWhole = true
      },
    })
    const body = response.body?.pipeThrough(noting) ?? null
    return new Response(body, { status, headers })
  }
}

/**
 * Takes the replies there are, and throws where one is not as OpenAI's published schemas and the
 * rules of its streams want it, or where there is none.
 */
export function requireValid(replies: WireReply[]): void {
  const taken = replies.splice(0)
  if (taken.length === 0) throw new Error('Nothing was asked.')
  if (contract === null) return
  const invalid = taken.flatMap((reply) => {
    const { method, url, asked, text } = reply
    const faults = faultsIn(contract, reply)
    const told = [method, url.pathname, JSON.stringify(asked), ...faults, text.slice(0, 500)]
    return faults.length > 0 ? [told.join('\n')] : []
  })
  if (invalid.length > 0) throw new Error(invalid.join('\n\n'))
}

function faultsIn(contract: OpenAiContract, reply: WireReply): string[] {
  const { method, url, asked, status, text } = reply
  const path = url.pathname.replace(/^.*\/v1\//, '').replace(/resp_\w+/, ':id')
  const body = () => JSON.parse(text) as Record<string, unknown>
  if (status >= 400) return contract.compile('error-response')(body())
  switch (`${method} ${path}`) {
    case 'POST responses':
    case 'GET responses/:id':
      if (!asked.stream && url.searchParams.get('stream') !== 'true') {
        return contract.compile(responseSchema('responses-response', text))(body())
      }
      return [
        ...contract.validateSse(responseSchema('responses-stream-event', text), wholeEvents(text)),
        ...streamFaults(contract, reply),
      ]
    case 'POST responses/:id/cancel':
      return contract.compile(responseSchema('responses-response', text))(body())
    case 'GET responses/:id/input_items': {
      const { object, data, first_id: first, last_id: last, has_more: more } = body()
      const isList = object === 'list' && typeof more === 'boolean'
      const items = data as ListedItem[]
      const isFramed = (items[0]?.id ?? null) === first && (items.at(-1)?.id ?? null) === last
      const faults = items.flatMap((item) =>
        contract.compilePart('responses-response', partOf(item))(item),
      )
      return [...faults, ...(isList && isFramed ? [] : ['not a list of items'])]
    }
    case 'DELETE responses/:id':
      return body().deleted === true && body().object === 'response' ? [] : ['not deleted']
    case 'POST chat/completions': {
      if (!asked.stream) return contract.compile('chat-completion-response.tolerant')(body())
      const includeUsage = asked.stream_options?.include_usage === true
      // Azure begins with a chunk of its own that has no names.
      const chunks = wholeEvents(text).replace(
        /^data: \{"choices":\[\],[^\n]*"object":""[^\n]*\n\n/,
        '',
      )
      return [
        ...contract.validateSse('chat-completion-chunk.tolerant', chunks),
        ...(reply.isWhole ? contract.streamRules(chunks, { includeUsage }) : []),
      ]
    }
    case 'POST embeddings':
      return contract.compile('embeddings-response.tolerant')(body())
    default:
      return [`no schema for ${method} ${path}`]
  }
}

interface ListedItem {
  id: string
  type: string
  role?: string
}

/** What is listed is published as one of many that resemble each other, so it is told which. */
function partOf({ type, role }: ListedItem): string {
  if (type === 'message') return role === 'assistant' ? 'OutputMessage' : 'InputMessage'
  const parts: Record<string, string> = {
    function_call: 'FunctionToolCall',
    function_call_output: 'FunctionToolCallOutputResource',
    reasoning: 'ReasoningItem',
  }
  return parts[type] ?? type
}

/** Ours is held against what is published, and what an upstream says against what upstreams say. */
function responseSchema(name: string, text: string): string {
  const isOurs = /"model":"(?!openai_responses\.)/.test(text)
  return isOurs ? name : `${name}.tolerant`
}

/** Of a stream that was left, the last event may be half there. */
function wholeEvents(text: string): string {
  return text.slice(0, text.lastIndexOf('\n\n') + 2)
}

interface StreamEvent {
  type?: string
  sequence_number: number
  item_id?: string
  delta?: string
  text?: string
  arguments?: string
}

const lasts = /^response\.(completed|incomplete|failed)$/

/** The rules no schema can say. */
function streamFaults(contract: OpenAiContract, { url, text, isWhole }: WireReply): string[] {
  const events = contract.sseData(wholeEvents(text)).map((data) => JSON.parse(data) as StreamEvent)
  const after = url.searchParams.get('starting_after')
  const first = after === null ? 0 : Number(after) + 1
  const faults = events
    .filter(({ sequence_number }, index) => sequence_number !== first + index)
    .map(({ sequence_number }) => `event ${sequence_number} is not in its place`)
  if (first === 0 && events[0]?.type !== 'response.created')
    faults.push('no response.created first')
  const ends = events.filter(({ type }) => lasts.test(type ?? '')).length
  const isEnded = lasts.test(events.at(-1)?.type ?? '')
  const wanted = isWhole && events.length > 0 ? 1 : Number(isEnded)
  if (ends !== wanted || (wanted === 1 && !isEnded)) faults.push(`${ends} ends of a response`)
  return first === 0 ? [...faults, ...unlikePieces(events)] : faults
}

/** What is told whole is what was told in pieces. */
function unlikePieces(events: readonly StreamEvent[]): string[] {
  const told = new Map<string, string>()
  const faults: string[] = []
  for (const { type = '', item_id: id, delta, text, arguments: given } of events) {
    const key = `${type.replace(/\.(delta|done)$/, '')} of ${id}`
    if (type.endsWith('.delta')) told.set(key, (told.get(key) ?? '') + delta)
    const whole = text ?? given
    const isUnlike = whole !== undefined && whole !== told.get(key)
    if (type.endsWith('.done') && isUnlike) faults.push(`${key} is not its pieces`)
  }
  return faults
}
