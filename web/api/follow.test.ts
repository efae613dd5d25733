import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { GenerateInput } from '#contract/chat.ts'
import type { LoggedEvent } from '#contract/generation-events.ts'
import { newId } from '#contract/ids.ts'
import { follow, type FollowOptions } from './follow.ts'
import { Offline, Refused } from './refused.ts'
import { logOf, scriptedWorld, type Turn } from './scripted-world.ts'

const replyId = newId('message')
const start: GenerateInput = {
  conversationId: newId('conversation'),
  messageId: newId('message'),
  parentId: null,
  content: 'Hello',
  replyId,
}

async function run(log: LoggedEvent[], script: Turn[], options: Partial<FollowOptions> = {}) {
  const { world, asked, waits, begun } = scriptedWorld(log, script)
  const told: LoggedEvent[] = []
  const end = follow(
    {
      replyId,
      onEvent: (logged) => told.push(logged),
      signal: new AbortController().signal,
      ...options,
    },
    world,
  )
  return { end, told, asked, waits, begun }
}

const pieces = fc.integer({ min: 1, max: 64 })
const interruption: fc.Arbitrary<Turn> = fc.oneof(
  fc.record({
    type: fc.constant('cut' as const),
    bytes: fc.integer({ min: 0, max: 900 }),
    pieces,
    breaks: fc.boolean(),
  }),
  fc.constant<Turn>({ type: 'unreached' }),
  fc
    .constantFrom('storage_unavailable' as const, 'too_many_followers' as const)
    .map((code): Turn => ({ type: 'refused', code })),
)

it('tells every event once and in order, however often the connection is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 12 }),
      fc.array(interruption, { maxLength: 12 }),
      async (texts, script) => {
        const log = logOf(texts)
        const { end, told } = await run(log, script)
        expect(await end).toEqual(log.at(-1)?.event)
        expect(told).toEqual(log)
      },
    ),
    { numRuns: 300 },
  )
})

it('begins a reply once, whatever happens to the requests that begin and follow it', async () => {
  const cut = fc.record({
    type: fc.constant('cut' as const),
    bytes: fc.integer({ min: 0, max: 900 }),
    pieces,
    breaks: fc.boolean(),
  })
  const failure: fc.Arbitrary<Turn> = fc.constantFrom<Turn>(
    { type: 'unreached' },
    { type: 'taken' },
    { type: 'refused', code: 'storage_unavailable' },
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(failure, { maxLength: 5 }),
      fc.array(cut, { minLength: 1, maxLength: 6 }),
      async (failures, cuts) => {
        const log = logOf(['a', 'b', 'c'])
        const { end, told, asked } = await run(log, [...failures, ...cuts], { start })
        await end
        expect(told).toEqual(log)
        const posts = asked.filter(({ method }) => method === 'POST')
        expect(posts).toHaveLength(failures.length + 1)
        expect(new Set(posts.map(({ body }) => body))).toEqual(new Set([JSON.stringify(start)]))
      },
    ),
  )
})

it('asks for what follows the events it has', async () => {
  const log = logOf(['a', 'b', 'c'])
  const { end, told, asked } = await run(log, [], { after: 3 })
  await end
  expect(asked).toEqual([
    { method: 'GET', url: `/api/chat/stream/${replyId}`, after: 3, body: null },
  ])
  expect(told.map(({ seq }) => seq)).toEqual([4, 5])
})

it('waits longer between connections that bring nothing, and starts over after one that does', async () => {
  const lost: Turn = { type: 'unreached' }
  const one: Turn = { type: 'cut', bytes: 330, pieces: 64, breaks: false }
  const { end, waits } = await run(logOf(['a']), [lost, lost, lost, lost, lost, lost, lost, one])
  await end
  expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 250])
})

it('gives up beginning a reply after five repeats of the same request', async () => {
  const script = Array.from({ length: 6 }, (): Turn => ({ type: 'unreached' }))
  const { end, asked, waits } = await run(logOf([]), script, { start })
  await expect(end).rejects.toBeInstanceOf(Offline)
  expect(asked).toHaveLength(6)
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000])
})

it('rejects with the refusal when the reply is not begun', async () => {
  const { end, asked } = await run(logOf([]), [{ type: 'refused', code: 'quota_exceeded' }], {
    start,
  })
  await expect(end).rejects.toMatchObject({ problem: { code: 'quota_exceeded' } })
  expect(asked).toHaveLength(1)
})

it('rejects with the refusal when the reply is not there to follow', async () => {
  const { end } = await run(logOf([]), [{ type: 'refused', code: 'not_found' }])
  await expect(end).rejects.toBeInstanceOf(Refused)
})

it('connects again when an event is missing, instead of going on without it', async () => {
  const log = logOf(['a', 'b', 'c'])
  const { world, asked } = scriptedWorld(log, [])
  const holed = scriptedWorld(
    log.filter(({ seq }) => seq !== 3),
    [],
  ).world
  const told: number[] = []
  let connections = 0
  await follow(
    { replyId, onEvent: ({ seq }) => told.push(seq), signal: new AbortController().signal },
    { ...world, fetch: (...input) => (connections++ === 0 ? holed : world).fetch(...input) },
  )
  expect(told).toEqual([1, 2, 3, 4, 5])
  expect(asked.map(({ after }) => after)).toEqual([2])
})

it('takes the end of a reply whose log is gone for what it is, the whole of it', async () => {
  const message = {
    id: replyId,
    conversationId: newId('conversation'),
    parentId: null,
    role: 'assistant' as const,
    parts: [{ type: 'text' as const, text: 'All of it' }],
    state: { type: 'complete' as const, reason: 'stop' as const, raw: null },
    model: null,
    usage: null,
    metrics: null,
    siblings: { index: 0, count: 1, ids: [replyId] },
    continuedFrom: null,
    supersededBy: null,
    trace: null,
    createdAt: 1,
    updatedAt: 2,
  }
  const [last] = logOf([]).slice(-1)
  const end = { seq: 9, event: { ...last!.event, message } } as LoggedEvent
  const { end: told } = await run([end], [], { after: 2 })
  expect(await told).toMatchObject({ type: 'complete', message: { id: replyId } })
})

it('stops without a further request once it is told to', async () => {
  const stop = new AbortController()
  const { world, asked } = scriptedWorld(logOf(['a', 'b']), [])
  const end = follow({ replyId, onEvent: () => stop.abort(), signal: stop.signal }, world)
  await expect(end).rejects.toHaveProperty('name', 'AbortError')
  expect(asked).toHaveLength(1)
})

it('lets a fault in the reader surface, instead of asking for the event again and again', async () => {
  const { world, asked } = scriptedWorld(logOf(['a']), [])
  const onEvent = () => {
    throw new RangeError('bug')
  }
  const end = follow({ replyId, onEvent, signal: new AbortController().signal }, world)
  await expect(end).rejects.toBeInstanceOf(RangeError)
  expect(asked).toHaveLength(1)
})

it('prepares again what it sends again', async () => {
  let prepared = 0
  const log = logOf(['Hello'])
  const prepare = async () => {
    if (++prepared === 1) throw new Offline('No reply.')
  }
  const { end, waits, begun } = await run(log, [], { start, prepare })

  await end

  expect(prepared).toBe(2)
  expect(waits).toEqual([500])
  expect(begun()).toBe(1)
})
