import type { ProviderEvent } from './provider.ts'

/**
 * A reply with the first of its calls alone, for APIs that cannot be told to make one at a time. A
 * model that needs the others makes them once it has read the first result.
 */
export async function* firstCallOnly(
  events: AsyncIterable<ProviderEvent>,
): AsyncGenerator<ProviderEvent> {
  let calls = 0
  for await (const event of events) {
    if (event.type !== 'tool-call' || ++calls === 1) yield event
  }
}
