import {
  abortAllDurableObjects,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId, type Id } from '../contract/ids.ts'
import type { GenerationObject } from './generation-object.ts'
import {
  callsAbout,
  connectModels,
  contentOf,
  logged,
  newSend,
  openInstallation,
  readFrames,
  type TestClient,
  until,
} from '../test-client.ts'

const provider = {
  refusedKey: 'status:401:message=Incorrect API key provided',
  unknownModel: 'status:404',
  limited: 'status:429:retry=1',
  limitedLong: 'status:429:retry=120',
  broken: 'status:500',
  outOfCredit: 'status:429:message=You exceeded your current quota (insufficient_quota)',
  html: 'html',
  empty: 'empty',
  cutBefore: 'cut:0',
  cut: 'pace:20:40+cut:20',
  errorInStream: 'tokens:20+error-in-stream:10',
  garbage: 'tokens:20+garbage:10',
  noDone: 'tokens:20+no-done',
  noFinish: 'tokens:20+no-finish',
  slow: 'pace:100:80',
  slowFirst: 'slow-first:2500+tokens:5',
  big: 'big:1000000',
}
type Case = keyof typeof provider
let models: Record<Case, Id<'model'>>
let user: TestClient

beforeAll(async () => {
  const admin = await openInstallation({ 'chat.concurrentRepliesMax': null })
  const cases = Object.keys(provider) as Case[]
  const ids = await connectModels(admin, Object.values(provider))
  models = Object.fromEntries(cases.map((name, index) => [name, ids[index]!])) as Record<
    Case,
    Id<'model'>
  >
  user = admin
})

function stubOf(replyId: string): DurableObjectStub<GenerationObject> {
  return env.GENERATIONS.getByName(replyId) as unknown as DurableObjectStub<GenerationObject>
}

async function run(name: Case, content = `${name} ${newId('request')}`) {
  const send = newSend(models[name], content)
  const frames = await readFrames(await user.send(send))
  return { send, events: logged(frames).map(({ event }) => event), frames }
}

describe('a provider that misbehaves', () => {
  it.each([
    ['refusedKey', 'provider_auth', 1],
    ['limitedLong', 'provider_rate_limited', 1],
    ['outOfCredit', 'provider_quota', 1],
    ['html', 'provider_bad_reply', 1],
    ['limited', 'provider_rate_limited', 2],
  ] as const)('%s ends in %s after %i calls, without a charge', async (name, code, calls) => {
    const { send, events } = await run(name)
    expect(events.at(-1)).toMatchObject({
      type: 'error',
      problem: { code },
      metrics: { attempts: calls },
    })
    expect(events.at(-2)).toMatchObject({ type: 'quota' })
    expect(await callsAbout(send.content)).toHaveLength(calls)
    await until(async () => (await user.message(send.replyId)).state.type === 'failed')
  })

  it.each([
    ['broken', 'error'],
    ['cutBefore', 'complete'],
  ] as const)(
    '%s is retried and then asked without streaming, before it ends in %s',
    async (name, end) => {
      const { send, events } = await run(name)
      const calls = (await callsAbout(send.content)) as unknown as { stream: boolean }[]
      expect(calls.map(({ stream }) => stream)).toEqual([true, true, false])
      expect(events.at(-1)).toMatchObject({ type: end, metrics: { attempts: 3, fallback: true } })
    },
  )

  it('keeps what was shown when the body is cut, and lets the reply be gone on with', async () => {
    const { send, events, frames } = await run('cut')
    expect(events.at(-1)).toMatchObject({
      type: 'error',
      problem: { code: 'interrupted', continuable: true },
    })
    expect(contentOf(frames)).toBe(Array.from({ length: 20 }, (_, n) => `t${n}`).join(' '))
    const message = await until(async () => {
      const found = await user.message(send.replyId)
      return found.state.type === 'interrupted' && found
    })
    expect(message.parts).toEqual([{ type: 'text', text: contentOf(frames) }])
    expect(await callsAbout(send.content)).toHaveLength(1)
  })

  it('ends as failed with the words of an error object in the stream, keeping the text', async () => {
    const { events, frames } = await run('errorInStream')
    const end = events.at(-1)
    expect(end).toMatchObject({ type: 'error' })
    expect(end).not.toHaveProperty('problem.continuable')
    expect(contentOf(frames)).toMatch(/^t0 t1/)
  })

  it.each([
    ['garbage', 'stop'],
    ['noFinish', 'other'],
  ] as const)('%s is read through', async (name, reason) => {
    const { events, frames } = await run(name)
    expect(contentOf(frames)).toBe(Array.from({ length: 20 }, (_, n) => `t${n}`).join(' '))
    expect(events.at(-3)).toMatchObject({ type: 'stop', reason })
    expect(events.at(-1)?.type).toBe('complete')
  })

  it('that ends without finish reason and without [DONE] is an interruption', async () => {
    const { events } = await run('noDone')
    expect(events.at(-1)).toMatchObject({ problem: { code: 'interrupted', continuable: true } })
  })

  it('that answers nothing is asked again without streaming and then fails as empty', async () => {
    const { events } = await run('empty')
    expect(events.at(-1)).toMatchObject({
      type: 'error',
      problem: { code: 'empty_reply' },
      metrics: { fallback: true },
    })
  })

  it('is called once when its first token only comes late', async () => {
    const { send, events } = await run('slowFirst')
    expect(events.at(-1)?.type).toBe('complete')
    expect(await callsAbout(send.content)).toHaveLength(1)
  })

  it('may send a delta of a megabyte, which arrives exactly', async () => {
    const { send, frames } = await run('big')
    expect(contentOf(frames)).toHaveLength(1_000_000)
    const replay = await readFrames(await user.request('GET', `/api/chat/stream/${send.replyId}`))
    expect(contentOf(replay)).toBe(contentOf(frames))
  })
})

describe('a runtime that is lost', () => {
  it('ends a reply that was shown with exactly the text that was shown, and nothing is charged twice', async () => {
    const send = newSend(models.slow, `lost ${newId('request')}`)
    const seen = await readFrames(await user.send(send), (frames) => contentOf(frames).length > 12)
    await abortAllDurableObjects()
    const rest = await until(async () => {
      const reply = await user.request('GET', `/api/chat/stream/${send.replyId}`)
      return reply.ok && readFrames(reply)
    })
    const events = logged(rest)
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1))
    expect(events.slice(0, logged(seen).length)).toEqual(logged(seen))
    expect(events.at(-1)?.event).toMatchObject({
      problem: { code: 'interrupted', continuable: true },
    })
    const message = await until(async () => {
      const found = await user.message(send.replyId)
      return found.state.type === 'interrupted' && found
    })
    expect(message.parts).toEqual([{ type: 'text', text: contentOf(rest) }])
    expect(await callsAbout(send.content)).toHaveLength(1)
  })

  it('runs a reply again under the same id when nothing of it had been shown', async () => {
    const send = newSend(models.slowFirst, `again ${newId('request')}`)
    const reading = readFrames(await user.send(send)).catch(() => [])
    await until(async () => (await callsAbout(send.content)).length === 1)
    await abortAllDurableObjects()
    await reading
    const frames = await until(async () => {
      const reply = await user.request('GET', `/api/chat/stream/${send.replyId}`)
      return reply.ok && readFrames(reply)
    })
    expect(logged(frames).at(-1)?.event).toMatchObject({
      type: 'complete',
      metrics: { attempts: 2 },
    })
    expect(logged(frames).filter(({ event }) => event.type === 'start')).toHaveLength(1)
    expect(await callsAbout(send.content)).toHaveLength(2)
  })

  it('gives up after three lost attempts that showed nothing, and returns the message', async () => {
    const send = newSend(models.slowFirst, `thrice ${newId('request')}`)
    void readFrames(await user.send(send)).catch(() => [])
    for (let calls = 1; calls <= 3; calls++) {
      await until(async () => (await callsAbout(send.content)).length === calls)
      await abortAllDurableObjects()
      void user.request('GET', `/api/chat/stream/${send.replyId}`).catch(() => {})
    }
    const message = await until(async () => {
      const found = await user.message(send.replyId)
      return found.state.type === 'failed' && found
    })
    expect(message.state).toMatchObject({ problem: { code: 'provider_unavailable' } })
    expect(await callsAbout(send.content)).toHaveLength(3)
  })

  it('starts a reply that was stored and never begun, when anybody asks for it', async () => {
    const { send } = await run('noFinish', `stored ${newId('request')}`)
    const replyId = newId('message')
    await env.DB.batch([
      env.DB.prepare(
        `insert into messages (id, conversation_id, parent_id, role, parts, state, created_at, updated_at)
         select ?1, conversation_id, parent_id, role, '[]', '{"type":"pending"}', created_at + 1, updated_at
         from messages where id = ?2`,
      ).bind(replyId, send.replyId),
      env.DB.prepare(
        `insert into generations (reply_id, kind, owner_id, conversation_id, message_id, model_id, model_name,
           connection_id, nonce, fingerprint, request, quota_day, refunded, state, accepted_at)
         select ?1, kind, owner_id, conversation_id, message_id, model_id, model_name, connection_id, 'n', 'f',
           '{"mode":"regenerate","context":true,"language":"en","costs":true}', quota_day, 0, 'open', ?3
         from generations where reply_id = ?2`,
      ).bind(replyId, send.replyId, Date.now()),
    ])
    const frames = await readFrames(await user.request('GET', `/api/chat/stream/${replyId}`))
    expect(logged(frames).at(-1)?.event.type).toBe('complete')
    expect(contentOf(frames)).toMatch(/^t0 t1/)
  })

  it('ends a reply in words when its model is gone by the time it is found', async () => {
    const send = newSend(models.slowFirst, `gone ${newId('request')}`)
    void readFrames(await user.send(send)).catch(() => [])
    await until(async () => (await callsAbout(send.content)).length === 1)
    await env.DB.prepare('update models set gone_at = 1 where id = ?').bind(models.slowFirst).run()
    await abortAllDurableObjects()
    const frames = await until(async () => {
      const reply = await user.request('GET', `/api/chat/stream/${send.replyId}`)
      return reply.ok && readFrames(reply)
    })
    await env.DB.prepare('update models set gone_at = null where id = ?')
      .bind(models.slowFirst)
      .run()
    expect(logged(frames).at(-1)?.event).toMatchObject({
      type: 'error',
      problem: { code: 'model_not_found' },
    })
    await until(async () => (await user.message(send.replyId)).state.type === 'failed')
  })
})

describe('after the end', () => {
  it('the object sleeps, keeps its log for ten minutes, a record for a day, and then nothing', async () => {
    const { send, frames } = await run('garbage')
    await until(async () => (await user.message(send.replyId)).state.type === 'complete')
    const stub = stubOf(send.replyId)
    const stageAt = (shift: number) =>
      runInDurableObject(stub, async (_, state) => {
        const rows = state.storage.sql.exec<{ record: string }>('select record from run').toArray()
        const record = JSON.parse(rows[0]!.record) as { endedAt: number; stage: string }
        const alarm = await state.storage.getAlarm()
        // The clock cannot be moved, so the end is: the alarm then finds the time has passed.
        const moved = { ...record, endedAt: record.endedAt - shift }
        state.storage.sql.exec('update run set record = ?', JSON.stringify(moved))
        return { stage: record.stage, alarmIn: (alarm ?? 0) - record.endedAt }
      })
    const settled = await stageAt(11 * 60_000)
    expect(settled.stage).toBe('settled')
    expect(settled.alarmIn).toBeGreaterThan(9 * 60_000)
    await evictDurableObject(stub)
    await runDurableObjectAlarm(stub)
    expect((await stageAt(0)).stage).toBe('cleared')
    const late = await readFrames(await user.request('GET', `/api/chat/stream/${send.replyId}`))
    expect(logged(late)).toHaveLength(1)
    expect(logged(late)[0]).toMatchObject({
      id: logged(frames).at(-1)!.id,
      event: {
        type: 'complete',
        message: { id: send.replyId, parts: [{ text: contentOf(frames) }] },
      },
    })
    await runDurableObjectAlarm(stub)
    const tables = await runInDurableObject(stub, (_, state) =>
      state.storage.sql
        .exec(`select name from sqlite_master where name in ('run', 'blocks')`)
        .toArray(),
    )
    expect(tables).toEqual([])
    const later = await readFrames(await user.request('GET', `/api/chat/stream/${send.replyId}`))
    expect(logged(later)).toEqual(logged(late))
  })
})

describe('stored rows', () => {
  it('are few: a reply fills one block, and is flushed often at first and then four times a second', async () => {
    const { send, events } = await run('slow')
    const count = await runInDurableObject(stubOf(send.replyId), (_, state) =>
      state.storage.sql.exec<{ n: number }>('select count(*) as n from blocks').one(),
    )
    expect(count.n).toBeLessThanOrEqual(2)
    const deltas = events.filter(({ type }) => type === 'content').length
    // 8 s: 4 + 8 quick flushes, then four a second.
    expect(deltas).toBeLessThanOrEqual(12 + 4 * 8)
  })
})
