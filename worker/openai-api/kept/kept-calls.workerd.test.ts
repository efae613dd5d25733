import {
  abortAllDurableObjects,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { isId, type Id } from '../../contract/ids.ts'
import {
  callsAbout,
  connectModels,
  openInstallation,
  takeSteps,
  TestClient,
  until,
  withSettings,
} from '../../test-client.ts'
import { saidIn, someEvents, TestCaller } from '../../test-caller.ts'
import type { CallObject } from './call-object.ts'
import { wakeOpenCalls } from './wake-open-calls.ts'

let admin: TestClient
let caller: TestCaller
let ownerId: Id<'user'>
const scripts = [
  'echo',
  'tokens:20',
  'pace:20:100',
  'pace:50:100',
  'slow-first:1500',
  'status:500',
  'status:400',
]

beforeAll(async () => {
  admin = await openInstallation({ 'api.requestsPerMinute': null, 'provider.retries': 0 })
  await connectModels(admin, scripts)
  const owner = new TestClient()
  ownerId = await owner.join()
  caller = await TestCaller.of(owner)
})

const say = (model: string, content: string, more: object = {}) => ({
  model,
  messages: [{ role: 'user', content }],
  ...more,
})
const once = (key: string) => ({ headers: { 'idempotency-key': key } })
const ask = (model: string, more: object = {}) => ({ model, input: 'Hello', ...more })

function stubOf(responseId: string): DurableObjectStub<CallObject> {
  const id = `rsp_${responseId.slice('resp_'.length)}`
  if (!isId('response', id)) throw new Error(`No response id: ${responseId}`)
  return env.CALLS.getByName(id) as unknown as DurableObjectStub<CallObject>
}

async function used(): Promise<number> {
  const row = await env.DB.prepare(
    `select sum(messages) as used from quota_usage where subject = ?1`,
  )
    .bind(`user:${ownerId}`)
    .first<{ used: number | null }>()
  return row?.used ?? 0
}

describe('a call with an Idempotency-Key', () => {
  it('is one call to the provider and one answer, whole or streamed, now and later', async () => {
    for (const stream of [false, true]) {
      const content = crypto.randomUUID()
      const before = await used()
      const call = () =>
        caller.send('/chat/completions', say('echo', content, { stream }), once(content))
      const answers = await Promise.all([call(), call(), call()])
      const texts = await Promise.all([...answers, await call()].map((answer) => answer.text()))
      expect(texts[0]).toContain(content)
      expect(new Set(texts).size).toBe(1)
      expect(await callsAbout(content)).toHaveLength(1)
      expect(await used()).toBe(before + 1)
    }
  })

  it('with another body is refused', async () => {
    const key = crypto.randomUUID()
    await caller.send('/chat/completions', say('echo', 'one'), once(key))
    for (const [path, body] of [
      ['/chat/completions', say('echo', 'two')],
      ['/responses', ask('echo')],
    ] as const) {
      const other = await caller.send(path, body, once(key))
      expect([other.status, (await other.json<{ error: object }>()).error]).toMatchObject([
        409,
        { type: 'invalid_request_error', code: 'idempotency_conflict' },
      ])
    }
  })

  it('of another key is another call', async () => {
    const content = crypto.randomUUID()
    const owner = new TestClient()
    await owner.join()
    const other = await TestCaller.of(owner)
    await caller.send('/chat/completions', say('echo', content), once('same'))
    await other.send('/chat/completions', say('echo', content), once('same'))
    expect(await callsAbout(content)).toHaveLength(2)
  })

  it('goes on when its client leaves, and streams from the start to the next', async () => {
    const content = crypto.randomUUID()
    const body = say('pace:20:100', content, { stream: true })
    const call = () => caller.send('/chat/completions', body, once(content))
    await someEvents(await call(), (events) => events.length > 5)
    const text = await (await call()).text()
    expect(text).toMatch(/"content":"t0"/)
    expect(text).toMatch(/"content":" t99"[^]*data: \[DONE\]\n\n$/)
    expect(await callsAbout(content)).toMatchObject([{ outcome: 'completed' }])
  })

  it('that failed is no answer to keep', async () => {
    const key = crypto.randomUUID()
    const call = () => caller.send('/chat/completions', say('status:500', key), once(key))
    expect((await call()).status).toBeGreaterThanOrEqual(500)
    await until(async () => (await call(), (await callsAbout(key)).length >= 2))
  })

  it('a day old is as good as new', async () => {
    const content = crypto.randomUUID()
    const call = () => caller.send('/responses', ask('echo', { input: content }), once(content))
    const { id } = await (await call()).json<{ id: string }>()
    await env.DB.prepare(`update kept_calls set created_at = created_at - 86400001`).run()
    const later = await (await call()).json<{ id: string }>()
    expect(later.id).not.toBe(id)
    expect((await caller.read(id)).status).toBe('completed')
    expect(await callsAbout(content)).toHaveLength(2)
  })

  it('at the limit is answered again, and takes nothing', async () => {
    const owner = new TestClient()
    await owner.join()
    const poor = await TestCaller.of(owner, {
      limits: { messagesPerDay: 1, tokensPerDay: null, requestsPerMinute: null },
    })
    const call = (key: string) => poor.send('/chat/completions', say('echo', 'x'), once(key))
    const statuses = [await call('a'), await call('b'), await call('a')].map(({ status }) => status)
    expect(statuses).toEqual([200, 429, 200])
  })

  it('of vectors that cannot be had is refused as without one', async () => {
    const response = await caller.send('/embeddings', { model: 'nothing', input: 'x' }, once('e'))
    expect(response.status).toBe(404)
  })

  it('is no key when nobody could print it', async () => {
    const response = await caller.send('/chat/completions', say('echo', 'x'), once('ä'.repeat(3)))
    expect(response.status).toBe(400)
  })
})

describe('a kept call whose runtime is lost', () => {
  it('in the middle ends as failed with what was shown, and is charged once', async () => {
    const before = await used()
    const body = ask('pace:50:100', { background: true, stream: true })
    const begun = await someEvents(await caller.create(body), (events) => events.length > 12)
    const { id } = begun[0]!.response as { id: string }
    await abortAllDurableObjects()
    await runDurableObjectAlarm(stubOf(id))
    const ended = await caller.ended(id)
    expect([ended.status, ended.error]).toMatchObject(['failed', { code: 'server_error' }])
    const events = await caller.events(id)
    expect(events.slice(0, begun.length)).toEqual(begun)
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual([...events.keys()])
    const deltas = events.filter(({ type }) => type === 'response.output_text.delta')
    expect(saidIn(ended)).toBe(deltas.map(({ delta }) => delta).join(''))
    expect(await used()).toBe(before + 1)
  })

  it('before anything was shown is run again', async () => {
    const input = crypto.randomUUID()
    const { id } = await caller.created(ask('slow-first:1500', { input, background: true }))
    await until(async () => (await callsAbout(input)).length === 1)
    await abortAllDurableObjects()
    await runDurableObjectAlarm(stubOf(id))
    expect((await caller.ended(id)).status).toBe('completed')
    expect(await callsAbout(input)).toHaveLength(2)
  })

  it('is found by the job that looks for such calls, should its alarm be lost too', async () => {
    const input = crypto.randomUUID()
    const { id } = await caller.created(ask('slow-first:1500', { input, background: true }))
    await until(async () => (await callsAbout(input)).length === 1)
    await abortAllDurableObjects()
    expect(await takeSteps(wakeOpenCalls(env, Date.now() + 1))).toBeGreaterThanOrEqual(1)
    await until(async () => (await callsAbout(input)).length === 2)
    expect((await caller.ended(id)).status).toBe('completed')
    await until(async () => (await takeSteps(wakeOpenCalls(env, Date.now() + 1))) === 0)
  })

  it('after its end has it still, and an eviction does not touch one that runs', async () => {
    const done = await caller.created(ask('tokens:20'))
    const events = await caller.events(done.id)
    const running = await caller.created(ask('pace:20:100', { background: true }))
    await evictDurableObject(stubOf(running.id))
    await abortAllDurableObjects()
    expect(await caller.read(done.id)).toEqual(done)
    expect(await caller.events(done.id)).toEqual(events)
  })
})

describe('a kept call', () => {
  it('is gone after its time, with everything it held', async () => {
    const response = await withSettings(admin, { 'api.responseRetentionHours': 1 }, () =>
      caller.created(ask('echo')),
    )
    const stub = stubOf(response.id)
    const alarm = await until(() =>
      runInDurableObject(stub, (_, { storage }) =>
        storage.getAlarm().then((at) => at !== null && at > Date.now() + 60_000 && at),
      ),
    )
    expect(alarm - Date.now()).toBeLessThanOrEqual(3_600_000)
    await env.DB.prepare(`update kept_calls set expires_at = 1 where expires_at <= ?1`)
      .bind(alarm)
      .run()
    expect((await caller.send(`/responses/${response.id}`)).status).toBe(404)
    const { now } = Date
    await runInDurableObject(stub, async (object) => {
      Date.now = () => now() + 3_600_001
      await object.alarm().finally(() => (Date.now = now))
    })
    const left = await runInDurableObject(stub, (_, { storage }) =>
      storage.sql.exec(`select name from sqlite_master where name not like '_cf%'`).toArray(),
    )
    expect(left).toEqual([])
  })

  it('holds no body of a call its caller did not store, once that has ended', async () => {
    const secret = `a secret ${crypto.randomUUID()}`
    await caller.send('/chat/completions', say('tokens:20', secret), once(secret))
    const { id } = (await env.DB.prepare(
      `select id from kept_calls where owner_id = ?1 order by id desc limit 1`,
    )
      .bind(ownerId)
      .first<{ id: string }>())!
    const texts = await runInDurableObject(stubOf(`resp_${id.slice(4)}`), (_, { storage }) =>
      storage.sql.exec('select body from texts').toArray(),
    )
    expect(JSON.stringify(texts)).not.toContain(secret)
  })
})
