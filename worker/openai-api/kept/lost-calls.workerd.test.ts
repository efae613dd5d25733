import { abortAllDurableObjects } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId, type Id } from '../../contract/ids.ts'
import { TestCaller } from '../../test-caller.ts'
import { connectModels, openInstallation, takeSteps, TestClient, until } from '../../test-client.ts'
import { wakeOpenCalls } from './wake-open-calls.ts'

let caller: TestCaller
let ownerId: Id<'user'>

beforeAll(async () => {
  const admin = await openInstallation({ 'api.requestsPerMinute': null, 'provider.retries': 0 })
  await connectModels(admin, ['echo', 'pace:50:400', 'pace:20:100'])
  const owner = new TestClient()
  ownerId = await owner.join()
  caller = await TestCaller.of(owner)
})

const ask = (model: string, more: object = {}) => ({ model, input: 'Hello', ...more })
const ownIdOf = (publicId: string) => `rsp_${publicId.slice('resp_'.length)}`

async function used(): Promise<number> {
  const row = await env.DB.prepare(
    `select sum(messages) as used from quota_usage where subject = ?1`,
  )
    .bind(`user:${ownerId}`)
    .first<{ used: number | null }>()
  return row?.used ?? 0
}

async function stateOf(id: string) {
  return env.DB.prepare(`select state, refunded from generations where reply_id = ?1`)
    .bind(id)
    .first()
}

async function refusal(body: Record<string, unknown>) {
  const response = await caller.create(body)
  const { error } = await response.json<{ error: object }>()
  return { status: response.status, ...error }
}

describe('whoever reads a kept call', () => {
  it('is cut off when its object is lost, and does not wait for ever', async () => {
    const body = ask('pace:50:400', { background: true, stream: true })
    const response = await caller.create(body)
    const reader = response.body!.getReader()
    await reader.read()
    await abortAllDurableObjects()
    const read = async () => {
      while (!(await reader.read()).done);
    }
    const outcome = read().then(
      () => 'ended',
      () => 'cut off',
    )
    expect(await outcome).toBe('cut off')
  })
})

describe('a kept call that never came to its object', () => {
  it('is ended by the job that looks for such calls, and its unit given back', async () => {
    const { id } = await caller.created(ask('echo'))
    const before = await used()
    const lost = newId('response', Date.now())
    const columns = `kind, owner_id, key_id, conversation_id, message_id, model_id, model_name,
      connection_id, fingerprint, quota_day, quota_subjects, refunded`
    await env.DB.batch([
      env.DB.prepare(
        `insert into generations (reply_id, nonce, state, accepted_at, ${columns})
         select ?1, ?1, 'open', accepted_at, ${columns} from generations where reply_id = ?2`,
      ).bind(lost, ownIdOf(id)),
      env.DB.prepare(
        `insert into kept_calls (id, owner_id, key_id, is_stored, created_at, expires_at)
         select ?1, owner_id, key_id, 1, created_at, expires_at from kept_calls where id = ?2`,
      ).bind(lost, ownIdOf(id)),
    ])
    await takeSteps(wakeOpenCalls(env, Date.now() + 1))
    expect(await stateOf(lost)).toEqual({ state: 'failed', refunded: 1 })
    expect(await used()).toBe(before - 1)
    expect((await caller.send(`/responses/resp_${lost.slice('rsp_'.length)}`)).status).toBe(404)
  })
})

describe('a kept call whose end could not be written', () => {
  it('is not deleted before it is', async () => {
    const { id } = await caller.created(ask('pace:20:100', { background: true }))
    await env.DB.prepare(`alter table quota_usage rename to quota_usage_away`).run()
    await caller.ended(id)
    const tooSoon = await caller.send(`/responses/${id}`, undefined, { method: 'DELETE' })
    await env.DB.prepare(`alter table quota_usage_away rename to quota_usage`).run()
    expect(tooSoon.status).toBe(503)
    expect(await stateOf(ownIdOf(id))).toEqual({ state: 'open', refunded: 0 })
    const deleted = await caller.send(`/responses/${id}`, undefined, { method: 'DELETE' })
    expect(deleted.status).toBe(200)
    expect(await stateOf(ownIdOf(id))).toEqual({ state: 'complete', refunded: 0 })
  })
})

describe('a call that could not be kept', () => {
  it('is refused by the name of what is too long, and takes nothing', async () => {
    const before = await used()
    const long = 'x'.repeat(1_100_000)
    for (const [name, value] of [
      ['user', long],
      ['safety_identifier', long],
      ['text', { verbosity: long }],
      ['prompt_cache_key', long],
    ] as const) {
      expect(await refusal(ask('echo', { [name]: value }))).toMatchObject({
        status: 400,
        param: name,
      })
    }
    expect(await used()).toBe(before)
  })

  it('is refused when one item is named so often that all of it would be too much', async () => {
    const { output } = await caller.created(ask('echo', { input: 'long '.repeat(40_000) }))
    const name = { type: 'item_reference', id: (output as { id: string }[])[0]!.id }
    const input = Array.from({ length: 900 }, () => name)
    expect(await refusal(ask('echo', { input }))).toMatchObject({
      status: 400,
      code: 'context_length_exceeded',
    })
    const { type: _, ...bare } = name
    const few = await caller.create(ask('echo', { input: [bare, { role: 'user', content: 'Hi' }] }))
    expect(few.status).toBe(200)
    await until(async () => (await caller.created(ask('echo'))).status === 'completed')
  })
})
