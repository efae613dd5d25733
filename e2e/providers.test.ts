import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Verification } from '../worker/contract/connections.ts'
import type { Id } from '../worker/contract/ids.ts'
import type { Message } from '../worker/contract/message.ts'
import type { Model } from '../worker/contract/models.ts'
import { textOf } from '../worker/contract/parts.ts'
import { bundleWorker } from './runtime/bundle.ts'
import { startRuntime, type Runtime } from './runtime/runtime.ts'
import { Visitor } from './runtime/visitor.ts'
import { fakePlaces, hasSharedFake, startSharedFake, type SharedFake } from './shared-fake.ts'

const isPresent = hasSharedFake('every kind of connection')

let fake: SharedFake
let runtime: Runtime
let admin: Visitor
let folder: string

beforeAll(async () => {
  if (!isPresent) return
  folder = mkdtempSync(join(tmpdir(), 'aichat-providers-'))
  fake = await startSharedFake()
  runtime = await startRuntime({
    script: bundleWorker(join(folder, 'bundle')),
    folder: join(folder, 'state'),
  })
  admin = new Visitor(runtime.origin)
  await admin.signUp('root_1')
  await admin.json('/api/settings', {
    method: 'PATCH',
    body: {
      values: {
        'provider.allowPrivateHosts': true,
        'provider.idleMs': 5_000,
        'chat.concurrentRepliesMax': null,
        'quota.user.messagesPerDay': null,
      },
    },
  })
})

afterAll(async () => {
  await runtime?.stop()
  await fake?.close()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

/** A connection to the fake, whose faults are in its address, with models named as told. */
async function connect(provider: string, { faults = '', models = [] as string[] } = {}) {
  const { path, auth, modelIds } = fakePlaces[provider]!
  const body = {
    provider,
    baseUrl: `${fake.url}${faults === '' ? '' : `/f/${faults}`}${path}`,
    auth,
    ...(auth === 'key' && { apiKey: 'sk-anything-at-all' }),
    ...((models.length > 0 || modelIds) && { modelIds: models.length > 0 ? models : modelIds }),
  }
  const { id } = await admin.json<{ id: string }>('/api/connections', { body })
  const { items } = await admin.json<{ items: Model[] }>('/api/models?all=1')
  const mine = items.filter(({ connectionId }) => connectionId === id)
  return { id, models: new Map(mine.map((model) => [model.rawId, model])) }
}

async function ask(modelId: Id<'model'>, content: string, more: object = {}): Promise<Message> {
  const send = { ...admin.newSend(modelId, content), ...more }
  await admin.follow(send.replyId, { send })
  return settled(send.replyId)
}

/** D1 learns of the end a moment after the readers do. */
async function settled(replyId: string): Promise<Message> {
  for (;;) {
    const message = await admin.message(replyId)
    if (message.state.type !== 'pending' && message.state.type !== 'running') return message
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const idOf = (models: Map<string, Model>, name: string) => models.get(name)!.id

describe.skipIf(!isPresent).each(Object.keys(fakePlaces))('a connection of kind %s', (provider) => {
  it('is verified, offers its models and answers, with usage and its own words kept', async () => {
    const { id, models } = await connect(provider)
    const verified = await admin.json<Verification>(`/api/connections/${id}/verify`, { body: {} })
    expect(verified).toMatchObject({ ok: true, problem: null })
    expect([...models.keys()]).toContain('fake-echo')
    const reply = await ask(idOf(models, 'fake-echo'), 'Ça va? 你好 🎉')
    expect(textOf(reply.parts)).toBe('Echo: Ça va? 你好 🎉')
    expect(reply.state).toMatchObject({ type: 'complete', reason: 'stop' })
    expect(reply.usage).toMatchObject({ source: 'provider' })
  })

  it('shows reasoning as reasoning', async () => {
    const { models } = await connect(provider, { models: ['fake-think'] })
    const reasoning = { enabled: true, effort: 'low' as const, think: 'on' as const }
    const reply = await ask(idOf(models, 'fake-think'), 'Why?', { reasoning })
    expect(reply.parts.map(({ type }) => type)).toEqual(['reasoning', 'text'])
    expect(textOf(reply.parts)).toBe('Echo: Why?')
  })

  it('goes on from what was said before', async () => {
    const { models } = await connect(provider)
    const first = admin.newSend(idOf(models, 'fake-echo'), 'first question')
    await admin.follow(first.replyId, { send: first })
    await settled(first.replyId)
    const second = {
      ...admin.newSend(idOf(models, 'fake-echo'), 'second question'),
      conversationId: first.conversationId,
      parentId: first.replyId,
    }
    await fetch(`${fake.url}/__fake/log?clear=1`)
    await admin.follow(second.replyId, { send: second })
    expect(textOf((await settled(second.replyId)).parts)).toBe('Echo: second question')
    const received = await (await fetch(`${fake.url}/__fake/log`)).text()
    for (const said of ['first question', 'Echo: first question', 'second question']) {
      expect(received).toContain(said)
    }
  })

  it.each([
    ['a key that is refused', 'status=401', 'failed', 'provider_auth'],
    ['a rate limit with a long wait', 'status=429,retry=120', 'failed', 'provider_rate_limited'],
    ['a server that is broken', 'status=500', 'failed', 'provider_unavailable'],
    ['silence in mid-answer', 'stall=15', 'interrupted', 'provider_stalled'],
    ['a connection cut in mid-answer', 'drop=15', 'interrupted', 'interrupted'],
    ['an answer that ends in the middle', 'end=15', 'interrupted', 'interrupted'],
  ])('says plainly what became of %s', async (_, faults, state, code) => {
    const { models } = await connect(provider, { faults, models: ['fake-long:40'] })
    const reply = await ask(idOf(models, 'fake-long:40'), 'Hi')
    expect(reply.state).toMatchObject({ type: state, problem: { code } })
    expect(textOf(reply.parts).startsWith('word0 ')).toBe(state === 'interrupted')
  })

  it('tries once more after a refusal that passes', async () => {
    const { models } = await connect(provider, {
      faults: 'fail=1:429,retry=1',
      models: ['fake-echo'],
    })
    const reply = await ask(idOf(models, 'fake-echo'), 'Again')
    expect(reply).toMatchObject({ state: { type: 'complete' }, metrics: { attempts: 2 } })
    expect(textOf(reply.parts)).toBe('Echo: Again')
  })
})
