import type { IncomingMessage } from 'node:http'
import type { ChatBody } from '../fake-upstream.ts'

/** One request for an answer, as the upstream saw it. Times are milliseconds since 1970. */
export interface Call {
  number: number
  model: string
  /** What the caller said to tell its calls apart: the header x-call-tag, else the field `user`. */
  tag: string | null
  stream: boolean
  messages: ChatBody['messages']
  /** The fields of the request beside those above. */
  more: Record<string, unknown>
  authorization: string | null
  receivedAt: number
  firstByteAt: number | null
  endedAt: number | null
  /** `aborted`: the caller hung up before the answer was whole. */
  outcome: 'open' | 'completed' | 'aborted'
  tokensSent: number
  bytesSent: number
}

export function openCallLog() {
  const calls: Call[] = []
  return {
    calls,
    open(request: IncomingMessage, body: ChatBody): Call {
      const tag = request.headers['x-call-tag']
      const { messages, model, stream, user, ...more } = body
      const call: Call = {
        number: calls.length + 1,
        model,
        tag: typeof tag === 'string' ? tag : (user ?? null),
        stream: stream === true,
        messages,
        more,
        authorization: request.headers.authorization ?? null,
        receivedAt: Date.now(),
        firstByteAt: null,
        endedAt: null,
        outcome: 'open',
        tokensSent: 0,
        bytesSent: 0,
      }
      calls.push(call)
      return call
    },
    close(call: Call, isWhole: boolean): void {
      call.endedAt = Date.now()
      call.outcome = isWhole ? 'completed' : 'aborted'
    },
    /** The calls whose last message contains a text: how a test counts the calls of one reply. */
    about(text: string): Call[] {
      return calls.filter(({ messages }) => JSON.stringify(messages.at(-1)).includes(text))
    },
    clear(): void {
      calls.length = 0
    },
  }
}

export type CallLog = ReturnType<typeof openCallLog>
