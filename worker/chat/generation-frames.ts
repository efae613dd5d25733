import type { GenerationEvent, LoggedEvent } from '../contract/generation-events.ts'
import type { EventLog, Framing } from './event-log.ts'

/** Events of a generation as server-sent events, each with its seq as its id. */
export const generationFrames: Framing<GenerationEvent> = {
  frameOf: (event, seq) => `id: ${seq}\ndata: ${JSON.stringify(event)}\n\n`,
  // JSON holds no line breaks, so nothing inside a frame can match.
  startOf(text, seq) {
    const head = `id: ${seq}\n`
    return text.startsWith(head) ? 0 : text.indexOf(`\n\n${head}`) + 2
  },
}

/** Every stored event, one block in memory at a time. */
export function* loggedEvents(log: EventLog<GenerationEvent>): Generator<LoggedEvent> {
  for (const text of log.texts()) {
    for (const frame of text.split('\n\n')) {
      const data = frame.indexOf('\ndata: ')
      if (data < 0) continue
      const event = JSON.parse(frame.slice(data + 7)) as GenerationEvent
      yield { seq: Number(frame.slice(4, data)), event }
    }
  }
}
