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
  'pace:50:400',
  'slow-first:1500',
  'status:500',
  'status:400',
]

beforeAll(async () => {
  admin = await openInstallation({
    'api.requestsPerMinute': null,
    'api.responseRetentionHours': 48,
    'provider.retries': 0,
  })
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

  it('of vectors is a kept call as any other, and one that failed is made anew', async () => {
    const key = crypto.randomUUID()
    const send = () => caller.send('/embeddings', { model: 'echo', input: key }, once(key))
    const states = () =>
      env.DB.prepare(
        `select state from generations where owner_id = ?1 and kind = 'embedding'
           and exists (select 1 from kept_calls where id = reply_id)`,
      )
        .bind(ownerId)
        .all()
    // The upstream of these tests has none.
    expect((await send()).status).toBe(404)
    await until(async () => {
      await send()
      return (await states()).results.length > 1
    })
    expect(new Set((await states()).results.map(({ state }) => state))).toEqual(new Set(['failed']))
  })

  it('is answered again though what it named is gone since', async () => {
    const input = crypto.randomUUID()
    const first = await caller.created(ask('echo'))
    const body = ask('echo', { input, previous_response_id: first.id })
    const call = () => caller.send('/responses', body, once(input))
    const { id } = await (await call()).json<{ id: string }>()
    await caller.send(`/responses/${first.id}`, undefined, { method: 'DELETE' })
    expect(await (await call()).json()).toMatchObject({ id, status: 'completed' })
    expect(await callsAbout(input)).toHaveLength(1)
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

describe('a kept call and its key', () => {
  it.each([
    ['whole', false],
    ['streamed', true],
  ])('answers nobody any more, %s, once that is revoked', async (_, stream) => {
    const client = new TestClient()
    await client.join()
    const { id, secret } = await client.json<{ id: string; secret: string }>(
      'POST',
      '/api/api-keys',
      { name: 'Short' },
    )
    const input = crypto.randomUUID()
    const answering = new TestCaller(secret).create(ask('pace:50:400', { input, stream }))
    await until(async () => (await callsAbout(input)).length === 1)
    await client.request('DELETE', `/api/api-keys/${id}`)
    const answer = await answering
    const text = await answer.text()
    expect(answer.status).toBe(stream ? 200 : 401)
    expect(text).toMatch(/"code":"invalid_api_key"[^]*$/)
    expect(text).not.toContain('"status":"completed"')
  })
})

describe('a kept call', () => {
  it('is refused before anything is taken when it tells more than can be told again', async () => {
    const before = await used()
    const long = 'i'.repeat(500_000)
    const tools = [{ type: 'function', name: 'f', description: long, parameters: {} }]
    for (const [more, param] of [
      [{ instructions: long }, 'instructions'],
      [{ tools }, 'tools'],
    ] as const) {
      const refused = await caller.create(ask('echo', more))
      expect([refused.status, (await refused.json<{ error: object }>()).error]).toMatchObject([
        400,
        { param },
      ])
      expect((await caller.create(ask('echo', { ...more, store: false }))).status).toBe(200)
    }
    expect(await used()).toBe(before + 2)
  })

  it('that has ended is settled, should the alarm that was to do so be lost', async () => {
    const { id } = await caller.created(ask('pace:20:100', { background: true }))
    await env.DB.prepare(`alter table quota_usage rename to quota_usage_away`).run()
    await caller.ended(id)
    await env.DB.prepare(`alter table quota_usage_away rename to quota_usage`).run()
    await runInDurableObject(stubOf(id), (_, { storage }) => storage.deleteAlarm())
    await abortAllDurableObjects()
    await takeSteps(wakeOpenCalls(env, Date.now() + 1))
    const alarm = await until(() =>
      runInDurableObject(stubOf(id), (_, { storage }) => storage.getAlarm()),
    )
    expect(alarm).toBeGreaterThan(0)
    await runDurableObjectAlarm(stubOf(id))
    const row = await env.DB.prepare(`select state from generations where reply_id = ?1`)
      .bind(`rsp_${id.slice('resp_'.length)}`)
      .first()
    expect(row).toEqual({ state: 'complete' })
  })

  it('that was cancelled as its runtime was lost is charged for what it had shown', async () => {
    const before = await used()
    const body = ask('pace:50:100', { background: true, stream: true })
    const begun = await someEvents(await caller.create(body), (events) => events.length > 12)
    const { id } = begun[0]!.response as { id: string }
    await runInDurableObject(stubOf(id), (_, { storage }) => {
      const [row] = storage.sql.exec<{ record: string }>('select record from call').toArray()
      const record = JSON.stringify({ ...JSON.parse(row!.record), isCancelled: true })
      storage.sql.exec('update call set record = ?', record)
    })
    await abortAllDurableObjects()
    await runDurableObjectAlarm(stubOf(id))
    expect((await caller.ended(id)).status).toBe('cancelled')
    expect(await used()).toBe(before + 1)
  })

  it('that had told its last frame as its runtime was lost is whole', async () => {
    const { id } = await caller.created(ask('tokens:20'))
    const events = await caller.events(id)
    await runInDurableObject(stubOf(id), (_, { storage }) => {
      const [row] = storage.sql.exec<{ record: string }>('select record from call').toArray()
      const record = { ...JSON.parse(row!.record), stage: 'running', outcome: null, hasShown: null }
      storage.sql.exec('update call set record = ?', JSON.stringify(record))
    })
    await abortAllDurableObjects()
    await runDurableObjectAlarm(stubOf(id))
    expect((await caller.ended(id)).status).toBe('completed')
    expect(await caller.events(id)).toEqual(events)
  })

  it('is not to be had any more once the time that is set has gone by', async () => {
    const { id } = await caller.created(ask('echo'))
    await env.DB.prepare(`update kept_calls set created_at = created_at - 7200000 where id = ?1`)
      .bind(`rsp_${id.slice('resp_'.length)}`)
      .run()
    expect((await caller.send(`/responses/${id}`)).status).toBe(200)
    await withSettings(admin, { 'api.responseRetentionHours': 1 }, async () => {
      await until(async () => (await caller.send(`/responses/${id}`)).status === 404)
    })
  })

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
