import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEvent } from './fold.ts'
import { coalesce, GenerationEvent } from './generation-events.ts'
import { newId } from './ids.ts'
import type { Message } from './message.ts'
import { problemOf } from './problems.ts'

const metrics = { firstTokenMs: 1, durationMs: 2, tokensPerSecond: 3, attempts: 1, fallback: false }
const empty: Message = {
  id: newId('message'),
  conversationId: newId('conversation'),
  parentId: null,
  role: 'assistant',
  parts: [],
  state: { type: 'pending' },
  model: null,
  usage: null,
  metrics: null,
  siblings: { index: 0, count: 1, ids: [] },
  continuedFrom: null,
  supersededBy: null,
  trace: null,
  createdAt: 0,
  updatedAt: 0,
}

const fold = (events: readonly GenerationEvent[]) => events.reduce(applyEvent, empty)

const delta: fc.Arbitrary<GenerationEvent> = fc.oneof(
  fc.record({ type: fc.constant('content' as const), content: fc.string() }),
  fc.record({ type: fc.constant('reasoning' as const), content: fc.string() }),
  fc.record({
    type: fc.constant('reasoning' as const),
    content: fc.string(),
    done: fc.constant(true),
    durationMs: fc.nat(),
  }),
  fc.record({
    type: fc.constant('reasoning' as const),
    done: fc.constant(true),
    durationMs: fc.nat(),
  }),
)

function merged(events: readonly GenerationEvent[]): GenerationEvent[] {
  return events.reduce<GenerationEvent[]>((out, event) => {
    const last = out.at(-1)
    const joined = last ? coalesce(last, event) : null
    return joined ? [...out.slice(0, -1), joined] : [...out, event]
  }, [])
}

describe('the fold', () => {
  it('comes to the same message however neighbouring deltas are merged', () => {
    fc.assert(
      fc.property(fc.array(delta), (events) => {
        expect(fold(merged(events))).toEqual(fold(events))
      }),
    )
  })

  it('comes to the same message from what crossed the wire', () => {
    fc.assert(
      fc.property(fc.array(delta), (events) => {
        const wire = events.map((event) => GenerationEvent.parse(JSON.parse(JSON.stringify(event))))
        expect(fold(wire)).toEqual(fold(events))
      }),
    )
  })

  it('keeps all text, in order, whatever the kinds', () => {
    fc.assert(
      fc.property(fc.array(delta), (events) => {
        const text = events.map((event) => (event.type === 'content' ? event.content : '')).join('')
        const parts = fold(events).parts
        expect(parts.map((part) => (part.type === 'text' ? part.text : '')).join('')).toBe(text)
        expect(
          parts.every((part, index) => part.type !== 'text' || parts[index + 1]?.type !== 'text'),
        ).toBe(true)
      }),
    )
  })

  it('opens a new part at each change of kind and closes a reasoning with its duration', () => {
    const events: GenerationEvent[] = [
      { type: 'reasoning', content: 'a' },
      { type: 'reasoning', content: 'b' },
      { type: 'reasoning', done: true, durationMs: 40 },
      { type: 'content', content: 'c' },
      { type: 'reasoning', content: 'd' },
      { type: 'content', content: 'e' },
    ]
    expect(fold(events).parts).toEqual([
      { type: 'reasoning', text: 'ab', durationMs: 40 },
      { type: 'text', text: 'c' },
      { type: 'reasoning', text: 'd', durationMs: null },
      { type: 'text', text: 'e' },
    ])
  })

  it('lets new text of a continued reply follow the carried text with nothing between', () => {
    const parts = fold([
      { type: 'reasoning', content: 'r', done: true, durationMs: 5, carried: true },
      { type: 'content', content: 'Paris is', carried: true },
      { type: 'content', content: ' large' },
    ]).parts
    expect(parts).toEqual([
      { type: 'reasoning', text: 'r', durationMs: 5 },
      { type: 'text', text: 'Paris is large' },
    ])
  })

  it('calls an error interrupted when it can be gone on from, and failed otherwise', () => {
    const problem = problemOf('interrupted', 'req_1', { continuable: true })
    expect(fold([{ type: 'error', problem, metrics }]).state).toEqual({
      type: 'interrupted',
      problem,
    })
    const refusal = problemOf('provider_auth', 'req_1')
    expect(fold([{ type: 'error', problem: refusal, metrics }]).state).toEqual({
      type: 'failed',
      problem: refusal,
    })
  })

  it('takes the message a terminal event brings instead of its own copy', () => {
    const message = { ...empty, parts: [{ type: 'text' as const, text: 'whole' }] }
    expect(
      fold([
        { type: 'content', content: 'part' },
        { type: 'complete', metrics, message },
      ]),
    ).toEqual(message)
  })
})
