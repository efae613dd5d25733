import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { applyEvent } from '#contract/fold.ts'
import type { GenerationEvent } from '#contract/generation-events.ts'
import { idFrom } from '#contract/ids.ts'
import type { Message } from '#contract/message.ts'
import { follow } from '../api/follow.ts'
import type { FollowWorld } from '../api/follow-world.ts'
import { createConversationStore } from './conversation-store.ts'
import {
  complete,
  conversationId,
  FakeServer,
  interrupted,
  message,
  messageId,
} from './fake-server.ts'

const replyId = messageId('reply')
const model = { id: idFrom('model', 'a'), name: 'a', label: 'A' }
const start: GenerationEvent = {
  type: 'start',
  replyId,
  messageId: messageId('user'),
  conversationId,
  model,
  contextWindow: 1_000,
  at: 1,
}

const delta = fc.oneof(
  fc.string().map((text): GenerationEvent => ({ type: 'content', content: text })),
  fc.string().map((text): GenerationEvent => ({ type: 'reasoning', content: text })),
  fc
    .nat(9_000)
    .map((durationMs): GenerationEvent => ({ type: 'reasoning', done: true, durationMs })),
  fc
    .constantFrom('a', 'b')
    .map((callId): GenerationEvent => ({ type: 'tool', callId, name: 'x', stage: 'start', at: 1 })),
)
const log = fc
  .tuple(fc.array(delta, { maxLength: 30 }), fc.constantFrom(complete, interrupted))
  .map(([deltas, end]) => [start, ...deltas, end])

/** One connection: where it begins behind what was asked for, and after how many bytes it is cut. */
const connection = fc.record({
  behind: fc.nat(5),
  cutAfter: fc.nat(1_500),
  chunk: fc.integer({ min: 1, max: 80 }),
})
const reloads = fc.array(fc.nat(6), { maxLength: 4 })

type Connection = { behind: number; cutAfter: number; chunk: number }

/** A network that serves `events` in pieces, repeats some, and cuts connections off. */
function world(events: readonly GenerationEvent[], connections: Connection[]): FollowWorld {
  const queue = [...connections]
  return {
    attempt: (signal) => ({ signal, alive: () => 0, end() {} }),
    wait: async () => {},
    async fetch(_, { headers, signal }) {
      const after = Number((headers as Record<string, string>)['last-event-id'] ?? 0)
      const { behind, cutAfter, chunk } = queue.shift() ?? {
        behind: 0,
        cutAfter: Infinity,
        chunk: 64,
      }
      const from = Math.max(0, after - behind)
      const text = events
        .map((event, index) => `id: ${index + 1}\ndata: ${JSON.stringify(event)}\n\n`)
        .slice(from)
        .join('')
      const bytes = new TextEncoder().encode(`: ok\n\n${text}`).slice(0, cutAfter)
      let position = 0
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          await Promise.resolve()
          if (signal?.aborted) return controller.error(signal.reason)
          const at = position
          position += chunk
          if (at >= bytes.length) controller.close()
          else controller.enqueue(bytes.slice(at, at + chunk))
        },
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    },
  }
}

it('arrives at the same reply however often it is cut off, repeated or reloaded', async () => {
  Object.assign(globalThis, { document: { documentElement: { lang: 'en' } } })
  await fc.assert(
    fc.asyncProperty(
      log,
      fc.array(connection, { maxLength: 6 }),
      reloads,
      async (events, cuts, at) => {
        const server = new FakeServer()
        const user = message(messageId('user'))
        const pending: Message = message(replyId, {
          role: 'assistant',
          parentId: user.id,
          state: { type: 'pending' },
        })
        server.seed([user, pending])
        const network = world(events, cuts)
        const open = () =>
          createConversationStore(
            conversationId,
            server.deps({ follow: (options) => follow(options, network) }),
          )

        let store = open()
        await store.load()
        const shown: number[] = []
        for (const steps of at) {
          for (let step = 0; step < steps * 4; step++) await Promise.resolve()
          store.leave()
          store = open()
          await store.load()
        }
        store.subscribe(() => shown.push(lengthOf(store.get().runs.get(replyId)?.shown)))
        while (store.get().runs.size > 0) await new Promise((resolve) => setTimeout(resolve))

        expect(store.get().messages.get(replyId)).toEqual(events.reduce(applyEvent, pending))
        const running = shown.filter((length) => length >= 0)
        expect(running).toEqual(running.toSorted((a, b) => a - b))
      },
    ),
    { numRuns: 150 },
  )
})

function lengthOf(shown: Message | undefined): number {
  if (!shown) return -1
  return shown.parts.reduce((sum, part) => sum + ('text' in part ? part.text.length : 0), 0)
}
