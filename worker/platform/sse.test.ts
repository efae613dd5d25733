import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ByteReader } from './bytes.ts'
import { readSse, type SseEvent } from './sse.ts'

const encoder = new TextEncoder()

function bodyOf(chunks: readonly (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  const left = chunks.map((chunk) => (typeof chunk === 'string' ? encoder.encode(chunk) : chunk))
  return new ReadableStream({
    pull(controller) {
      const chunk = left.shift()
      if (chunk) controller.enqueue(chunk)
      else controller.close()
    },
  })
}

async function eventsOf(...chunks: (string | Uint8Array)[]): Promise<SseEvent[]> {
  return Array.fromAsync(readSse(bodyOf(chunks), () => {})).then((reads) => reads.flat())
}

const message = (data: string) => ({ event: 'message', data })

describe('an event stream', () => {
  it('takes all three line endings, and a pair split between reads as one', async () => {
    expect(await eventsOf('data: a\r', '\n\r', '\ndata: b\r\rdata: c\n\n')).toEqual(
      ['a', 'b', 'c'].map(message),
    )
  })

  it('joins the data lines of one event and keeps its name', async () => {
    expect(await eventsOf('event: note\ndata: a\ndata\ndata:b\n\n')).toEqual([
      { event: 'note', data: 'a\n\nb' },
    ])
  })

  it('drops one byte order mark only, however it is split', async () => {
    const mark = [0xef, 0xbb, 0xbf]
    for (let cut = 0; cut <= 6; cut++) {
      const bytes = Uint8Array.from([...mark, ...mark, ...encoder.encode('data: x\n\ndata: y\n\n')])
      expect(await eventsOf(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual([message('y')])
    }
    expect(await eventsOf(Uint8Array.from(mark), 'data: x\n\n')).toEqual([message('x')])
  })

  it('turns invalid UTF-8 into replacement characters', async () => {
    const body = Uint8Array.from([...encoder.encode('data: a'), 0xff, ...encoder.encode('b\n\n')])
    expect(await eventsOf(body)).toEqual([message('a\uFFFDb')])
  })

  it('never dispatches an event the body does not end', async () => {
    expect(await eventsOf('data: a\n\ndata: b\n')).toEqual([message('a')])
  })

  it('reports comments as life and hands none on', async () => {
    let arrivals = 0
    const body = bodyOf([': wait\n\n', ': wait\n\n', 'data: a\n\n'])
    const events = (await Array.fromAsync(readSse(body, () => arrivals++))).flat()
    expect({ arrivals, events }).toEqual({ arrivals: 3, events: [message('a')] })
  })

  it('reads a line of several megabytes that comes in small pieces', async () => {
    const text = 'x'.repeat(3_000_000)
    const pieces = Array.from({ length: 300 }, (_, i) => text.slice(i * 10_000, (i + 1) * 10_000))
    const [event] = await eventsOf('data: ', ...pieces, '\n\n')
    expect(event?.data === text).toBe(true)
  })

  it('gives up on an event that never ends, after what came before it, and cancels', async () => {
    const line = `data: ${'x'.repeat(1_000_000)}\n`
    let cancelled = false
    let isFirst = true
    const reader: ByteReader = {
      read: async () => {
        const text = isFirst ? 'data: ok\n\n' : line
        isFirst = false
        return { done: false, value: encoder.encode(text) }
      },
      cancel: async () => {
        cancelled = true
      },
    }
    const seen: SseEvent[] = []
    const reading = (async () => {
      for await (const events of readSse(reader, () => {})) seen.push(...events)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'provider_bad_reply' })
    expect({ seen, cancelled }).toEqual({ seen: [message('ok')], cancelled: true })
  })

  it('cancels the body when the iteration is left', async () => {
    let reason: unknown = 'not cancelled'
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(encoder.encode('data: a\n\ndata: b\n\n')),
      cancel: (given) => {
        reason = given
      },
    })
    for await (const events of readSse(body, () => {})) {
      expect(events).toEqual([message('a'), message('b')])
      break
    }
    expect(reason).toBeUndefined()
  })

  it('passes on the error of a body that breaks, after its whole events', async () => {
    const broken = new Error('connection lost')
    let isFirst = true
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (isFirst) controller.enqueue(encoder.encode('data: a\n\ndata: b'))
        else controller.error(broken)
        isFirst = false
      },
    })
    const seen: SseEvent[] = []
    const reading = (async () => {
      for await (const events of readSse(body, () => {})) seen.push(...events)
    })()
    await expect(reading).rejects.toBe(broken)
    expect(seen).toEqual([message('a')])
  })

  it('yields the same events wherever the bytes are cut', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ':', ' ', '\n', '\r', 'data: ', '🎉', 'é'),
    })
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(30)), async (tail, cuts) => {
        const bytes = encoder.encode(`data: 1\n\n${tail}\n\ndata: 2\n\n`)
        const chunks: Uint8Array[] = []
        let at = 0
        for (const cut of cuts) chunks.push(bytes.subarray(at, (at += cut)))
        chunks.push(bytes.subarray(at))
        expect(await eventsOf(...chunks)).toEqual(await eventsOf(bytes))
      }),
    )
  })
})

interface Conformance {
  runConformance(
    parse: (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<SseEvent>,
  ): Promise<{ n: number; fails: unknown[] }>
}
const conformance = new URL('../../../shared/fixtures/sse/conformance.mjs', import.meta.url).href
const isPresent = existsSync(fileURLToPath(conformance))
if (!isPresent)
  console.warn('SKIPPED: the public event stream suite, absent at ../shared/fixtures/sse')

describe.skipIf(!isPresent)('the public event stream suite', () => {
  it('passes whole and in every chunking', async () => {
    const { runConformance }: Conformance = await import(conformance)
    const { n, fails } = await runConformance((chunks) => {
      const source = chunks[Symbol.asyncIterator]()
      const reader = { read: async () => asRead(await source.next()), cancel: async () => {} }
      return eachOf(readSse(reader, () => {}))
    })
    expect(n).toBeGreaterThan(4_000)
    expect(fails).toEqual([])
  }, 60_000)
})

const asRead = ({ done, value }: IteratorResult<Uint8Array>) => ({ done: done ?? false, value })

async function* eachOf(reads: AsyncIterable<SseEvent[]>): AsyncGenerator<SseEvent> {
  for await (const events of reads) yield* events
}
