import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ByteReader } from './bytes.ts'
import { readNdjson } from './ndjson.ts'

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

const readsOf = (...chunks: (string | Uint8Array)[]) =>
  Array.fromAsync(readNdjson(bodyOf(chunks), () => {}))
const linesOf = async (...chunks: (string | Uint8Array)[]) => (await readsOf(...chunks)).flat()

describe('a body of lines', () => {
  it('takes both line endings, split between reads too, and leaves blank lines out', async () => {
    expect(await linesOf('{"a":1}\r', '\n\n  \r\n{"b":2}\n{"c":3}')).toEqual([
      '{"a":1}',
      '{"b":2}',
      '{"c":3}',
    ])
  })

  it('hands on together what one read ended', async () => {
    expect(await readsOf('1\n2\n3', '4\n', '5')).toEqual([['1', '2'], ['34'], ['5']])
  })

  it('reports arrivals that end no line as life', async () => {
    let arrivals = 0
    const lines = await Array.fromAsync(readNdjson(bodyOf(['{', '\n', '\n']), () => arrivals++))
    expect({ arrivals, lines }).toEqual({ arrivals: 3, lines: [['{']] })
  })

  it('drops one byte order mark, however it is split', async () => {
    const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, ...encoder.encode('1\n2')])
    for (let cut = 0; cut <= 4; cut++) {
      expect(await linesOf(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(['1', '2'])
    }
  })

  it('turns invalid UTF-8, and a character the body cuts, into replacement characters', async () => {
    const cut = encoder.encode('é').subarray(0, 1)
    const bytes = [...encoder.encode('a'), 0xff, ...encoder.encode('b\nc'), ...cut]
    expect(await linesOf(Uint8Array.from(bytes))).toEqual(['a\uFFFDb', 'c\uFFFD'])
  })

  it('reads a line of several megabytes that comes in small pieces', async () => {
    const pieces = Array.from({ length: 300 }, () => 'x'.repeat(10_000))
    const [line] = await linesOf(...pieces, '\n')
    expect(line?.length).toBe(3_000_000)
  })

  it('gives up on a line that never ends, after what came before it, and cancels', async () => {
    let cancelled = false
    let isFirst = true
    const reader: ByteReader = {
      read: async () => {
        const text = isFirst ? 'ok\n' : 'x'.repeat(1_000_000)
        isFirst = false
        return { done: false, value: encoder.encode(text) }
      },
      cancel: async () => {
        cancelled = true
      },
    }
    const seen: string[] = []
    const reading = (async () => {
      for await (const lines of readNdjson(reader, () => {})) seen.push(...lines)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'provider_bad_reply' })
    expect({ seen, cancelled }).toEqual({ seen: ['ok'], cancelled: true })
  })

  it('gives up on one that is too long even when it ends', async () => {
    const reading = linesOf(`${'x'.repeat(9_000_000)}\nok\n`)
    await expect(reading).rejects.toMatchObject({ code: 'provider_bad_reply' })
  })

  it('cancels the body when the iteration is left', async () => {
    let isCancelled = false
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(encoder.encode('1\n2\n')),
      cancel: () => {
        isCancelled = true
      },
    })
    for await (const lines of readNdjson(body, () => {})) {
      expect(lines).toEqual(['1', '2'])
      break
    }
    expect(isCancelled).toBe(true)
  })

  it('passes on the error of a body that breaks, after its whole lines', async () => {
    const broken = new Error('connection lost')
    let isFirst = true
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (isFirst) controller.enqueue(encoder.encode('1\n{'))
        else controller.error(broken)
        isFirst = false
      },
    })
    const seen: string[] = []
    const reading = (async () => {
      for await (const lines of readNdjson(body, () => {})) seen.push(...lines)
    })()
    await expect(reading).rejects.toBe(broken)
    expect(seen).toEqual(['1'])
  })

  it('yields the same lines wherever the bytes are cut', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '{', ' ', '\n', '\r', '🎉', 'é', '\uFEFF'),
    })
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(10)), async (given, cuts) => {
        const bytes = encoder.encode(given)
        const chunks: Uint8Array[] = []
        let at = 0
        for (const cut of cuts) chunks.push(bytes.subarray(at, (at += cut)))
        chunks.push(bytes.subarray(at))
        expect(await linesOf(...chunks)).toEqual(await linesOf(bytes))
      }),
    )
  })
})

const folder = fileURLToPath(
  new URL('../../../shared/fixtures/providers/ollama/', import.meta.url).href,
)
const isPresent = existsSync(folder)
if (!isPresent) {
  console.warn('SKIPPED: recorded bodies of lines, absent at ../shared/fixtures/providers/ollama')
}
const recordings = isPresent ? readdirSync(folder).filter((name) => name.endsWith('.ndjson')) : []

describe.skipIf(!isPresent)('a recorded body of lines', () => {
  it.each(recordings)('%s is read whole, wherever it is cut', async (name) => {
    const bytes = new Uint8Array(readFileSync(folder + name))
    const expected = new TextDecoder().decode(bytes).split('\n').filter(Boolean)
    expect(expected.length).toBeGreaterThan(0)
    for (const size of [1, 7, 1_000, bytes.length]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      )
      const lines = await linesOf(...chunks)
      expect(lines.map((line) => JSON.parse(line))).toEqual(
        expected.map((line) => JSON.parse(line)),
      )
    }
  })
})
