import type OpenAI from 'openai'
import type { ResponseStreamEvent } from 'openai/resources/responses/responses'

/** The events of a stored response after one, to the end; or only so many of them, before it hangs up. */
export async function eventsAfter(
  client: OpenAI,
  id: string,
  { after, most = Infinity }: { after?: number | undefined; most?: number } = {},
): Promise<ResponseStreamEvent[]> {
  const events: ResponseStreamEvent[] = []
  const from = after === undefined ? {} : { starting_after: after }
  for await (const event of await client.responses.retrieve(id, { stream: true, ...from })) {
    events.push(event)
    if (events.length === most) break
  }
  return events
}
