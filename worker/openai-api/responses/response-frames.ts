import { jsonIn } from '../../providers/narrow.ts'
import { foldResponse, type ResponseEvent } from './fold-response.ts'
import type { ResponseObject } from './response-object.ts'

/** An event as it goes over the wire. JSON holds no line breaks, so frames end at the first empty line. */
export function frameOf(event: ResponseEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}

/** The events in a text of whole frames. */
export function* eventsIn(text: string): Generator<ResponseEvent> {
  for (const frame of text.split('\n\n')) {
    const data = frame.indexOf('data: ')
    if (data >= 0) yield jsonIn(frame.slice(data + 'data: '.length)) as ResponseEvent
  }
}

/** What a response has come to by its frames, which may not have reached its end. */
export function responseIn(texts: Iterable<string>): ResponseObject | null {
  let response: ResponseObject | null = null
  for (const text of texts) {
    for (const event of eventsIn(text)) {
      response = response
        ? foldResponse(response, event)
        : structuredClone(event.response as ResponseObject)
    }
  }
  return response
}
