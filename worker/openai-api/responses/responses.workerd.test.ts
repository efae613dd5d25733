import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Id } from '../../contract/ids.ts'
import {
  callsAbout,
  connectModels,
  openInstallation,
  TestClient,
  until,
} from '../../test-client.ts'
import { eventsOf, saidIn, someEvents, TestCaller } from '../../test-caller.ts'
import { responseIn } from './response-frames.ts'

let admin: TestClient
let owner: TestClient
let caller: TestCaller
let ownerId: Id<'user'>
const scripts = [
  'echo',
  'tokens:20',
  'reason:3+tokens:3',
  'think-tags',
  'pace:20:200',
  'pace:100:400',
  'status:500',
  'status:400',
  'tokens:20+cut:5',
]

beforeAll(async () => {
  admin = await openInstallation({ 'api.requestsPerMinute': null })
  await connectModels(admin, scripts)
  owner = new TestClient()
  ownerId = await owner.join()
  caller = await TestCaller.of(owner)
})

const ask = (model: string, more: object = {}) => ({ model, input: 'Hello', ...more })
const counted = async () => {
  const row = await env.DB.prepare(
    `select messages from quota_usage where subject = ?1 order by day desc`,
  )
    .bind(`user:${ownerId}`)
    .first<{ messages: number }>()
  return row?.messages ?? 0
}
/** What became of the newest call. */
const settled = () =>
  until(() =>
    env.DB.prepare(
      `select state, refunded, total_tokens as tokens from generations
       where owner_id = ?1 and reply_id = (select max(reply_id) from generations where owner_id = ?1)
         and ended_at is not null`,
    )
      .bind(ownerId)
      .first<{ state: string; refunded: number; tokens: number }>(),
  )

describe('a response', () => {
  it('is answered whole, may be had back, and is deleted for good', async () => {
    const response = await caller.create(ask('echo', { metadata: { a: 'b' } }))
    expect(response.status).toBe(200)
    const body = await response.json<Awaited<ReturnType<typeof caller.created>>>()
    expect(body).toMatchObject({ object: 'response', status: 'completed', model: 'echo' })
    expect([saidIn(body), body.metadata]).toEqual(['Hello', { a: 'b' }])
    expect(await caller.read(body.id)).toEqual(body)

    const gone = await caller.send(`/responses/${body.id}`, undefined, { method: 'DELETE' })
    expect(await gone.json()).toEqual({ id: body.id, object: 'response', deleted: true })
    const after = await caller.send(`/responses/${body.id}`)
    expect([after.status, (await after.json<{ error: object }>()).error]).toMatchObject([
      404,
      { type: 'invalid_request_error', code: 'not_found' },
    ])
  })

  it('is streamed as numbered events that come to what is answered whole', async () => {
    const events = await eventsOf(await caller.create(ask('reason:3+tokens:3', { stream: true })))
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual([...events.keys()])
    expect(events.map(({ type }) => type.replace('response.', ''))).toEqual(
      expect.arrayContaining([
        'created',
        'in_progress',
        'output_item.added',
        'reasoning_summary_text.delta',
        'output_text.delta',
        'output_item.done',
        'completed',
      ]),
    )
    const last = events.at(-1)?.response as Awaited<ReturnType<typeof caller.created>>
    expect(last.output.map(({ type, status }) => [type, status])).toEqual([
      ['reasoning', 'completed'],
      ['message', 'completed'],
    ])
    expect(saidIn(last)).toBe('t0 t1 t2')
    expect(await caller.read(last.id)).toEqual(last)
    expect(last.usage).toMatchObject({ input_tokens: 11, output_tokens: 6, total_tokens: 17 })
  })

  it('that nobody stores is answered alike, and is not there afterwards', async () => {
    const kept = await eventsOf(await caller.create(ask('tokens:20', { stream: true })))
    const passing = await eventsOf(
      await caller.create(ask('tokens:20', { stream: true, store: false })),
    )
    const types = (events: typeof kept) => [...new Set(events.map(({ type }) => type))]
    expect(types(passing)).toEqual(types(kept))
    expect(passing.map(({ sequence_number }) => sequence_number)).toEqual([...passing.keys()])
    const { id } = passing.at(-1)!.response as { id: string }
    expect((await caller.send(`/responses/${id}`)).status).toBe(404)
    const whole = await caller.created(ask('tokens:20', { store: false }))
    expect([whole.status, whole.store, saidIn(whole)]).toEqual([
      'completed',
      false,
      saidIn(kept.at(-1)?.response as typeof whole),
    ])
  })

  it('tells reasoning between tags as reasoning, as a chat completion does', async () => {
    const { output } = await caller.created(ask('think-tags'))
    expect(output).toMatchObject([
      { type: 'reasoning', summary: [{ text: 'a thought in tags' }] },
      { type: 'message', content: [{ text: 'an answer after it' }] },
    ])
  })

  it('goes on from the one before, whose words the model is told', async () => {
    const first = await caller.created(ask('echo', { input: 'My name is Ada.' }))
    const question = `Who am I? ${crypto.randomUUID()}`
    const more = { input: question, previous_response_id: first.id, instructions: 'Be brief.' }
    const second = await caller.created({ model: 'tokens:20', ...more })
    expect(second.previous_response_id).toBe(first.id)
    const [call] = await callsAbout(question)
    const said = call!.messages as { role: string; content: string }[]
    expect(said.map(({ role, content }) => [role, content])).toEqual([
      ['system', 'Be brief.'],
      ['user', 'My name is Ada.'],
      ['assistant', 'My name is Ada.'],
      ['user', question],
    ])
    // The first may go: what it held is part of the second.
    await caller.send(`/responses/${first.id}`, undefined, { method: 'DELETE' })
    const third = await caller.created({ ...ask('echo'), previous_response_id: second.id })
    expect(third.status).toBe('completed')
    const gone = await caller.create({ ...ask('echo'), previous_response_id: first.id })
    expect([gone.status, (await gone.json<{ error: object }>()).error]).toMatchObject([
      404,
      { param: 'previous_response_id' },
    ])
  })

  it('may be told by the names of its items, as clients do that know it is stored', async () => {
    const first = await caller.created(ask('echo', { input: 'My name is Ada.' }))
    const question = crypto.randomUUID()
    const names = first.output.map(({ id }) => ({ type: 'item_reference', id }))
    const input = [{ role: 'user', content: 'Hi' }, ...names, { role: 'user', content: question }]
    const second = await caller.created({ model: 'tokens:20', input })
    expect(second.status).toBe('completed')
    const [call] = await callsAbout(question)
    expect(call!.messages).toMatchObject([
      { content: 'Hi' },
      { role: 'assistant', content: 'My name is Ada.' },
      { content: question },
    ])
    const stranger = new TestClient()
    await stranger.join()
    const other = await TestCaller.of(stranger)
    for (const id of [names[0]!.id, 'msg_1']) {
      const refused = await other.create(ask('echo', { input: [{ type: 'item_reference', id }] }))
      expect([refused.status, (await refused.json<{ error: object }>()).error]).toMatchObject([
        404,
        { param: 'input.0.id', code: 'not_found' },
      ])
    }
  })

  it('takes so many names and no more, whoever they are of', async () => {
    const name = (index: number) => ({
      type: 'item_reference',
      id: `msg_${String(index).padStart(24, '0')}0`,
    })
    for (const input of [
      Array.from({ length: 33 }, (_, index) => name(index)),
      Array.from({ length: 1_001 }, () => name(1)).map((item, index) => ({
        ...item,
        id: `${item.id}${index}`,
      })),
    ]) {
      const refused = await caller.create(ask('echo', { input }))
      expect([refused.status, (await refused.json<{ error: object }>()).error]).toMatchObject([
        400,
        { param: 'input' },
      ])
    }
  })

  it('lists what it was given, a page at a time', async () => {
    const input = ['one', 'two', 'three'].map((content) => ({ role: 'user', content }))
    const { id } = await caller.created({ model: 'echo', input })
    const list = (query: string) =>
      caller
        .send(`/responses/${id}/input_items${query}`)
        .then((response) =>
          response.json<{ data: { id: string; content: unknown }[]; has_more: boolean }>(),
        )
    const all = await list('?order=asc')
    expect(all.data.map(({ content }) => content)).toEqual(
      ['one', 'two', 'three'].map((text) => [{ type: 'input_text', text }]),
    )
    const page = await list('?limit=2')
    expect([page.data.map(({ id }) => id), page.has_more]).toEqual([
      [all.data[2]!.id, all.data[1]!.id],
      true,
    ])
    const rest = await list(`?limit=2&after=${page.data[1]!.id}`)
    expect([rest.data.map(({ id }) => id), rest.has_more]).toEqual([[all.data[0]!.id], false])
  })

  it('is nobody else’s to read, follow, cancel, delete or go on from', async () => {
    const { id } = await caller.created(ask('echo'))
    const stranger = new TestClient()
    await stranger.join()
    const other = await TestCaller.of(stranger)
    const tries = [
      other.send(`/responses/${id}`),
      other.send(`/responses/${id}?stream=true`),
      other.send(`/responses/${id}/input_items`),
      other.send(`/responses/${id}/cancel`, {}),
      other.send(`/responses/${id}`, undefined, { method: 'DELETE' }),
      other.create({ ...ask('echo'), previous_response_id: id }),
    ]
    const statuses = (await Promise.all(tries)).map(({ status }) => status)
    expect(statuses).toEqual([404, 404, 404, 404, 404, 404])
    expect((await caller.read(id)).status).toBe('completed')
    const narrow = await TestCaller.of(owner, { scopes: ['chat'] })
    expect((await narrow.send(`/responses/${id}`)).status).toBe(403)
  })
})

describe('a background response', () => {
  it('is queued at once, runs with nobody there, and is charged once', async () => {
    const before = await counted()
    const queued = await caller.created(ask('pace:20:200', { background: true }))
    expect([queued.status, queued.output, queued.background]).toEqual(['queued', [], true])
    const ended = await caller.ended(queued.id)
    expect(ended.status).toBe('completed')
    expect(saidIn(ended).split(' ')).toHaveLength(200)
    expect(await settled()).toMatchObject({ state: 'complete', refunded: 0, tokens: 211 })
    expect(await counted()).toBe(before + 1)
  })

  it('is left and taken up again anywhere, by two at once, and says the same to each', async () => {
    const body = ask('pace:20:200', { background: true, stream: true })
    const begun = await someEvents(await caller.create(body), (events) => events.length >= 20)
    const { id } = begun[0]!.response as { id: string }
    const followers = await Promise.all([
      caller.events(id),
      caller.events(id, begun.length - 1),
      caller.events(id, 5),
    ])
    const whole = followers[0]
    expect(followers).toEqual([whole, whole.slice(begun.length), whole.slice(6)])
    expect(whole.slice(0, begun.length)).toEqual(begun)
    expect(whole[0]).toMatchObject({ type: 'response.created', response: { status: 'queued' } })
    expect(whole.at(-1)?.type).toBe('response.completed')
    for (let from = 0; from < whole.length; from += 50) {
      const cuts = whole.slice(from, from + 50).map((_, index) => from + index)
      const rests = await Promise.all(cuts.map((cut) => caller.events(id, cut)))
      expect(rests).toEqual(cuts.map((cut) => whole.slice(cut + 1)))
    }
    const beyond = await caller.send(`/responses/${id}?stream=true&starting_after=${whole.length}`)
    expect(beyond.status).toBe(400)
  })

  it('is cancelled with its call to the provider, and keeps what was said', async () => {
    const question = crypto.randomUUID()
    const body = ask('pace:100:400', { background: true, stream: true, input: question })
    const begun = await someEvents(await caller.create(body), (events) =>
      events.some(({ type }) => type.endsWith('output_text.delta')),
    )
    const { id } = begun[0]!.response as { id: string }
    const following = caller.events(id)
    const cancelled = await (await caller.send(`/responses/${id}/cancel`, {})).json()
    expect(cancelled).toMatchObject({ id, status: 'cancelled' })
    const events = await following
    expect(events.at(-1)).toMatchObject({
      type: 'response.incomplete',
      response: { status: 'cancelled', output: [{ status: 'incomplete' }] },
    })
    const [call] = await until(async () => {
      const calls = await callsAbout(question)
      return calls[0]?.outcome === 'aborted' && calls
    })
    expect(call!.endedAt! - call!.receivedAt).toBeLessThan(10_000)
    expect(await settled()).toMatchObject({ state: 'cancelled', refunded: 0 })
    const again = await caller.send(`/responses/${id}/cancel`, {})
    expect(await again.json()).toEqual(await caller.read(id))
  })

  it('that fails says why, and its unit is given back', async () => {
    const { id } = await caller.created(ask('status:400', { background: true }))
    const ended = await caller.ended(id)
    expect([ended.status, ended.error]).toMatchObject(['failed', { code: 'invalid_prompt' }])
    expect(await settled()).toMatchObject({ state: 'failed', refunded: 1 })
    expect((await caller.events(id)).at(-1)?.type).toBe('response.failed')
  })

  it('alone can be cancelled', async () => {
    const { id } = await caller.created(ask('echo'))
    expect((await caller.send(`/responses/${id}/cancel`, {})).status).toBe(400)
  })
})

describe('a call for a response', () => {
  it('that its provider refuses has the status of the refusal, and stores nothing', async () => {
    for (const stream of [false, true]) {
      const refused = await caller.create(ask('status:400', { stream }))
      expect([refused.status, (await refused.json<{ error: object }>()).error]).toMatchObject([
        400,
        { type: 'invalid_request_error' },
      ])
    }
  })

  it('that breaks in the middle ends with what was said and why it ends', async () => {
    for (const store of [true, false]) {
      const body = ask('tokens:20+cut:5', { stream: true, store })
      const events = await eventsOf(await caller.create(body))
      const last = events.at(-1)!
      expect(last).toMatchObject({
        type: 'response.failed',
        sequence_number: events.length - 1,
        response: { status: 'failed', error: { code: 'server_error' } },
      })
      expect(saidIn(last.response as Parameters<typeof saidIn>[0])).toBe('t0 t1 t2 t3 t4')
    }
  })

  it('that nobody stores ends with its client, and is charged for what was said', async () => {
    const question = crypto.randomUUID()
    const body = ask('pace:100:400', { stream: true, store: false, input: question })
    await someEvents(await caller.create(body), (events) => events.length > 5)
    await until(async () => (await callsAbout(question))[0]?.outcome === 'aborted')
    expect(await settled()).toMatchObject({ state: 'cancelled', refunded: 0 })
  })

  it('that is stored goes on without its client', async () => {
    const body = ask('pace:20:200', { stream: true })
    const begun = await someEvents(await caller.create(body), (events) => events.length > 5)
    const { id } = begun[0]!.response as { id: string }
    expect(saidIn(await caller.ended(id)).split(' ')).toHaveLength(200)
  })

  it('names what is wrong with it', async () => {
    const wrong: [object, string | null, string | null][] = [
      [{ input: '' }, 'input', null],
      [{ conversation: 'conv_1' }, 'conversation', 'unsupported_parameter'],
      [{ prompt: { id: 'pmpt_1' } }, 'prompt', 'unsupported_parameter'],
      [{ tools: [{ type: 'web_search' }] }, 'tools.0.type', 'unsupported_parameter'],
      [{ background: true, store: false }, 'background', null],
      [
        { input: [{ type: 'image_generation_call', id: 'x' }] },
        'input.0.type',
        'unsupported_parameter',
      ],
      [{ input: [{ role: 'nobody', content: 'x' }] }, 'input.0.role', null],
      [{ temperature: 'hot' }, 'temperature', null],
      [{ metadata: { a: 1 } }, 'metadata.a', null],
      [{ foo: JSON.parse('['.repeat(600) + ']'.repeat(600)) as unknown }, null, null],
      [{ previous_response_id: 'resp_unknown' }, 'previous_response_id', 'not_found'],
    ]
    for (const [more, param, code] of wrong) {
      const response = await caller.create(ask('echo', more))
      const { error } = await response.json<{ error: object }>()
      expect([more, response.status, error]).toMatchObject([
        more,
        code === 'not_found' ? 404 : 400,
        { param, code },
      ])
    }
  })
})

it('folds its events to the response they end with, wherever they are cut', async () => {
  const response = await caller.create(ask('reason:3+tokens:3', { stream: true }))
  const text = await response.text()
  const folded = responseIn(text.split(/(?<=\n\n)/).slice(0, -1))
  const whole = responseIn([text])
  expect(folded?.output.map(({ type }) => type)).toEqual(['reasoning', 'message'])
  expect({ ...whole, output: [] }).toMatchObject({ status: 'completed', error: null })
  expect(folded?.output).toEqual(whole?.output)
})
