import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { GenerationEvent } from '../contract/generation-events.ts'
import { DeltaBuffer } from './delta-buffer.ts'

beforeEach(() => vi.useFakeTimers({ now: 0 }))
afterEach(() => vi.useRealTimers())

function newBuffer(coalesceMs = 250) {
  const stored: { at: number; events: readonly GenerationEvent[] }[] = []
  const buffer = new DeltaBuffer({
    store: (events) => void stored.push({ at: Date.now(), events }),
    coalesceMs,
    now: Date.now,
  })
  return { buffer, stored }
}
const content = (text: string): GenerationEvent => ({ type: 'content', content: text })

describe('DeltaBuffer', () => {
  it('stores the first delta at once and an answer of 20 s in few rows', () => {
    const { buffer, stored } = newBuffer()
    for (let token = 0; token < 800; token++) {
      buffer.add(content(`${token} `))
      vi.advanceTimersByTime(25)
    }
    buffer.flush()
    expect(stored[0]).toEqual({ at: 0, events: [content('0 ')] })
    // 4 windows of 50 ms, 8 of 100 ms, then four a second.
    expect(stored.length).toBeLessThanOrEqual(92)
    const text = stored
      .flatMap(({ events }) => events)
      .map((event) => (event.type === 'content' ? event.content : ''))
    expect(text.join('')).toBe(Array.from({ length: 800 }, (_, token) => `${token} `).join(''))
  })

  it('lets no delta wait longer than the window', () => {
    const { buffer, stored } = newBuffer()
    for (let n = 0; n < 30; n++) {
      buffer.add(content('x'))
      vi.advanceTimersByTime(20)
    }
    vi.advanceTimersByTime(250)
    const sizes = stored.map(({ events }) => events.length)
    expect(Math.max(...sizes)).toBe(1)
    const gaps = stored.slice(1).map(({ at }, index) => at - stored[index]!.at)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(270)
  })

  it('does not make a slow delta wait at all', () => {
    const { buffer, stored } = newBuffer()
    for (let n = 0; n < 20; n++) {
      buffer.add(content(String(n)))
      expect(stored).toHaveLength(n + 1)
      vi.advanceTimersByTime(400)
    }
  })

  it('stores at once what changes the kind, together with what waited', () => {
    const { buffer, stored } = newBuffer()
    buffer.add({ type: 'reasoning', content: 'a' })
    buffer.add({ type: 'reasoning', content: 'b' })
    buffer.add({ type: 'reasoning', done: true, durationMs: 1 })
    buffer.add(content('c'))
    expect(stored.map(({ events }) => events)).toEqual([
      [{ type: 'reasoning', content: 'a' }],
      [
        { type: 'reasoning', content: 'b' },
        { type: 'reasoning', done: true, durationMs: 1 },
      ],
      [content('c')],
    ])
  })

  it('lets a slow stream rest until what waits is to be stored, and a fast one never', () => {
    const { buffer } = newBuffer()
    expect(buffer.restMs).toBe(0)
    buffer.add(content('first'))
    expect(buffer.restMs).toBe(0)
    buffer.add(content('second'))
    expect(buffer.restMs).toBe(10)
    vi.advanceTimersByTime(10)
    expect(buffer.restMs).toBe(0)
    vi.advanceTimersByTime(40)
    buffer.add(content('x'.repeat(600)))
    expect(buffer.restMs).toBe(0)
  })

  it('stores at 8 KB without waiting, and splits what would not fit into a row', () => {
    const { buffer, stored } = newBuffer()
    buffer.add(content('first'))
    buffer.add(content('x'.repeat(8_192)))
    expect(stored).toHaveLength(2)
    buffer.add(content('y'.repeat(1_000_000)))
    const events = stored.at(-1)!.events
    expect(events.length).toBeGreaterThan(1)
    for (const event of events) expect(JSON.stringify(event).length).toBeLessThan(300_000)
    expect(events.map((event) => (event.type === 'content' ? event.content : '')).join('')).toBe(
      'y'.repeat(1_000_000),
    )
  })

  it('never loses, doubles or reorders text, whatever comes when', () => {
    const step = fc.record({
      kind: fc.constantFrom('content' as const, 'reasoning' as const),
      text: fc.string({ maxLength: 400 }),
      wait: fc.integer({ min: 0, max: 400 }),
    })
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 0, max: 250 }),
        (steps, coalesceMs) => {
          const { buffer, stored } = newBuffer(coalesceMs)
          for (const { kind, text, wait } of steps) {
            buffer.add({ type: kind, content: text })
            vi.advanceTimersByTime(wait)
          }
          buffer.flush()
          const line = (events: readonly GenerationEvent[]) =>
            events.flatMap((event) =>
              event.type === 'content' || event.type === 'reasoning'
                ? Array.from(event.content ?? '', (character) => `${event.type}:${character}`)
                : [],
            )
          expect(line(stored.flatMap(({ events }) => events))).toEqual(
            line(steps.map(({ kind, text }) => ({ type: kind, content: text }))),
          )
        },
      ),
    )
  })
})
