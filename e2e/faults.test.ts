import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import OpenAI from 'openai'
import type { ResponseStreamEvent } from 'openai/resources/responses/responses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Id } from '../worker/contract/ids.ts'
import { textOf as textOfParts } from '../worker/contract/parts.ts'
import { newKey } from './connected-product.ts'
import { startFakeUpstream, type FakeUpstream } from './fake-upstream.ts'
import { eventsAfter } from './response-events.ts'
import { bundleWorker } from './runtime/bundle.ts'
import { Ledger } from './runtime/ledger.ts'
import { startRuntime, type Runtime } from './runtime/runtime.ts'
import { isTerminal, textOf, Visitor, type SeenEvent } from './runtime/visitor.ts'

/** `npm run test:faults` sets it: many more kills, at other moments each time. */
const isLong = process.env['FAULTS'] === 'long'
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const kills = isLong ? 40 : 3
const repliesPerKill = 5
/** What is lost must be found this soon after the runtime is back. */
const healedWithinMs = 15_000

let upstream: FakeUpstream
let runtime: Runtime
let visitor: Visitor
let models: Record<string, Id<'model'>>
let folder: string

const names = [
  'pace:20:100',
  'slow-first:4000+tokens:20',
  'tokens:30',
  'pace:500:360',
  'pace:20:200',
  'slow-first:3000+tokens:20',
]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aichat-faults-'))
  upstream = await startFakeUpstream()
  runtime = await startRuntime({
    script: bundleWorker(join(folder, 'bundle')),
    folder: join(folder, 'state'),
  })
  visitor = new Visitor(runtime.origin)
  await visitor.signUp('root_1')
  models = await visitor.connect(upstream.baseUrl, names)
})

afterAll(async () => {
  await runtime?.stop()
  await upstream?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A random number generator with a seed, so that a failure can be repeated. */
function randomFrom(start: number): () => number {
  let state = start >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function expectOneLine(events: readonly SeenEvent[]): void {
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  expect(events.filter(isTerminal)).toHaveLength(1)
  expect(isTerminal(events.at(-1)!)).toBe(true)
}

async function backAt(): Promise<number> {
  for (;;) {
    const isBack = await visitor.fetch('/api/health').then(
      ({ ok }) => ok,
      () => false,
    )
    if (isBack) return Date.now()
    await sleep(50)
  }
}

async function ended(replyId: string) {
  for (;;) {
    const message = await visitor.message(replyId).catch(() => null)
    if (message && !['pending', 'running'].includes(message.state.type)) return message
    await sleep(100)
  }
}

describe(`kill -9 of the runtime (seed ${seed})`, () => {
  it(
    `at ${kills} random moments of ${repliesPerKill} replies each: nothing shown is lost and every reply ends`,
    async () => {
      const random = randomFrom(seed)
      for (let kill = 0; kill < kills; kill++) {
        const sends = Array.from({ length: repliesPerKill }, (_, index) =>
          visitor.newSend(models[names[index % 3]!]!, `kill ${kill} reply ${index}`),
        )
        const followers = sends.flatMap((send) => {
          const seen: [SeenEvent[], SeenEvent[]] = [[], []]
          const first = visitor.follow(send.replyId, {
            send,
            onEvent: (event) => seen[0].push(event),
          })
          const second = sleep(random() * 1_500).then(() =>
            visitor.follow(send.replyId, { onEvent: (event) => seen[1].push(event) }),
          )
          return [{ send, seen, both: Promise.all([first, second]) }]
        })
        await sleep(200 + random() * 2_800)
        const shown = followers.map(({ seen }) => seen.map((events) => textOf(events)))
        expect(runtime.kill()).toBeGreaterThan(0)
        const back = await backAt()
        for (const [index, { send, both }] of followers.entries()) {
          const [first, second] = await both
          expectOneLine(first)
          expect(second).toEqual(first)
          const message = await ended(send.replyId)
          expect(Date.now() - back).toBeLessThan(healedWithinMs)
          const stored = textOfParts(message.parts)
          expect(textOf(first)).toBe(stored)
          for (const text of shown[index]!) expect(stored.startsWith(text)).toBe(true)
          expect(['complete', 'interrupted', 'failed']).toContain(message.state.type)
          // A reply that failed had shown nothing, else it would be an interrupted one.
          expect(message.state.type === 'failed' && stored !== '').toBe(false)
          expect(await visitor.message(send.messageId)).toMatchObject({
            parts: [{ text: send.content }],
          })
        }
      }
    },
    isLong ? 3_000_000 : 100_000,
  )

  it('with nobody asking: the alarm alone brings each reply to its end', async () => {
    const send = visitor.newSend(models['pace:20:100']!, 'nobody asks')
    const leaving = new AbortController()
    await visitor.follow(send.replyId, {
      send,
      signal: leaving.signal,
      onEvent: ({ seq }) => seq > 8 && leaving.abort(),
    })
    runtime.kill()
    const back = await backAt()
    await sleep(healedWithinMs - 500)
    const db = await runtime.miniflare.getD1Database('DB')
    const row = await db
      .prepare('select state, parts from messages where id = ?')
      .bind(send.replyId)
      .first<{ state: string; parts: string }>()
    expect(JSON.parse(row!.state)).toMatchObject({ type: 'interrupted' })
    expect(Date.now() - back).toBeLessThan(healedWithinMs + 1_000)
    const more = {
      mode: 'continue' as const,
      conversationId: send.conversationId,
      from: send.replyId,
      replyId: send.replyId.replace(/.{4}$/, '0000') as Id<'message'>,
      modelId: models['tokens:30']!,
    }
    const events = await visitor.follow(more.replyId, { send: more })
    expect(textOf(events).startsWith((JSON.parse(row!.parts) as { text: string }[])[0]!.text)).toBe(
      true,
    )
    expect(isTerminal(events.at(-1)!)).toBe(true)
  })

  it('after the last token, and after the end is in D1, changes nothing', async () => {
    const send = visitor.newSend(models['tokens:30']!, 'already over')
    const events = await visitor.follow(send.replyId, { send })
    runtime.kill()
    await backAt()
    const first = await ended(send.replyId)
    expect(first.state.type).toBe('complete')
    runtime.kill()
    await backAt()
    expect(await ended(send.replyId)).toEqual(first)
    expect(await visitor.follow(send.replyId, {})).toEqual(events)
  })
})

describe('kill -9 of the runtime amid responses in the background', () => {
  const kinds = ['pace:20:200', 'pace:20:200', 'pace:20:200', 'slow-first:3000+tokens:20']

  it(
    'keeps what was shown, runs again what was not, and charges each once',
    async () => {
      const apiKey = await newKey(visitor)
      const ledger = new Ledger(runtime)
      const random = randomFrom(seed)
      const client = new OpenAI({ apiKey, baseURL: `${runtime.origin}/v1`, maxRetries: 0 })
      for (let kill = 0; kill < (isLong ? 10 : 1); kill++) {
        const before = await ledger.chargedMessages()
        const runs = kinds.map((model, index) => {
          const input = `background ${kill} ${index}`
          const seen: ResponseStreamEvent[] = []
          return { input, seen, reading: readBackground(client, { model, input }, seen) }
        })
        const shown = 10 + Math.floor(random() * 60)
        const paced = runs.filter((_, index) => kinds[index]!.startsWith('pace'))
        await expect
          .poll(() => paced.every(({ seen }) => seen.length > shown), { timeout: 10_000 })
          .toBe(true)
        expect(runtime.kill()).toBeGreaterThan(0)
        const back = await backAt()
        await Promise.all(runs.map(({ reading }) => reading))
        // Nobody asks for them: their rows tell when they have ended.
        await expect
          .poll(() => ledger.openCalls(), { timeout: healedWithinMs, interval: 200 })
          .toBe(0)
        expect(Date.now() - back).toBeLessThan(healedWithinMs)
        for (const [index, { input, seen }] of runs.entries()) {
          const [created] = seen
          if (created?.type !== 'response.created') throw new Error('No response.')
          const events = await eventsAfter(client, created.response.id)
          expect(events.slice(0, seen.length)).toEqual(seen)
          expect(events.map(({ sequence_number }) => sequence_number)).toEqual([...events.keys()])
          const after = events[seen.length - 1]!.sequence_number
          expect(await eventsAfter(client, created.response.id, { after })).toEqual(
            events.slice(seen.length),
          )
          const response = await client.responses.retrieve(created.response.id)
          const isShown = kinds[index]!.startsWith('pace')
          expect(events.at(-1)).toMatchObject({
            type: isShown ? 'response.failed' : 'response.completed',
            response: { status: response.status, output: response.output },
          })
          const said = events.map((event) =>
            event.type === 'response.output_text.delta' ? event.delta : '',
          )
          expect(response.output_text).toBe(said.join(''))
          expect(upstream.log.about(input)).toHaveLength(isShown ? 1 : 2)
        }
        expect(await ledger.chargedMessages()).toBe(before + kinds.length)
      }
    },
    isLong ? 600_000 : 100_000,
  )

  const readBackground = async (
    client: OpenAI,
    asked: { model: string; input: string },
    seen: ResponseStreamEvent[],
  ) => {
    try {
      const stream = await client.responses.create({ ...asked, background: true, stream: true })
      for await (const event of stream) seen.push(event)
    } catch {
      // Its connection went with the runtime.
    }
  }
})

describe('an answer needs no viewer', () => {
  it.runIf(isLong)(
    'for longer than it takes the runtime to evict an object it thinks idle',
    async () => {
      const send = visitor.newSend(models['pace:500:360']!, 'nobody looks')
      const leaving = new AbortController()
      await visitor.follow(send.replyId, {
        send,
        signal: leaving.signal,
        onEvent: ({ seq }) => seq > 4 && leaving.abort(),
      })
      const message = await ended(send.replyId)
      expect(message.state.type).toBe('complete')
    },
    400_000,
  )
})
