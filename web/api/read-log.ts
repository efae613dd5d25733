import { createParser, type EventSourceMessage } from 'eventsource-parser'
import {
  GenerationEvent,
  isTerminal,
  Keepalive,
  type LoggedEvent,
  type TerminalEvent,
} from '#contract/generation-events.ts'

interface LogReader {
  /** Called for every piece of the body, comments included: the connection is not dead. */
  alive: () => void
  /** The log has got to `seq`; null for an event that only a newer page would understand. */
  progress: (seq: number, logged: LoggedEvent | null) => void
  onKeepalive?: ((keepalive: Keepalive) => void) | undefined
}

/**
 * Reads one connection's part of a log, telling what follows `seq`. Resolves with the terminal
 * event, or with null when the body ended, broke or skipped something before it.
 */
export async function readLog(
  response: Response,
  seq: number,
  { alive, progress, onKeepalive }: LogReader,
): Promise<TerminalEvent | null> {
  const reader = response.body?.getReader()
  if (!reader) return null
  const decoder = new TextDecoder()
  let messages: EventSourceMessage[] = []
  const parser = createParser({ onEvent: (message) => messages.push(message) })
  try {
    for (;;) {
      const bytes = await nextOf(reader)
      if (!bytes) return null
      alive()
      messages = []
      parser.feed(decoder.decode(bytes, { stream: true }))
      for (const { id, data } of messages) {
        if (id === undefined) {
          const keepalive = Keepalive.safeParse(parseJson(data))
          if (keepalive.success) onKeepalive?.(keepalive.data)
          continue
        }
        const at = Number(id)
        if (at <= seq) continue
        const json = parseJson(data)
        if (!Number.isInteger(at) || json === undefined) return null
        const parsed = GenerationEvent.safeParse(json)
        if (at > seq + 1 && !(parsed.success && isWhole(parsed.data))) return null
        seq = at
        progress(seq, parsed.success ? { seq, event: parsed.data } : null)
        if (parsed.success && isTerminal(parsed.data)) return parsed.data
      }
    }
  } finally {
    // Not awaited: a connection being given up may never answer.
    reader.cancel().catch(() => {})
  }
}

/** The end of a reply whose log is gone carries the message, and so may follow anything. */
function isWhole(event: GenerationEvent): boolean {
  return isTerminal(event) && event.message !== undefined
}

async function nextOf(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | null> {
  try {
    const { value, done } = await reader.read()
    return done ? null : value
  } catch {
    return null
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
