import OpenAI from 'openai'
import type {
  ResponseInputImage,
  ResponseInputItem,
  ResponseStreamEvent,
} from 'openai/resources/responses/responses'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startConnectedProduct, type ConnectedProduct } from './connected-product.ts'
import { recordingFetch, requireValid, type WireReply } from './openai-wire.ts'
import { eventsAfter } from './response-events.ts'
import { fakePlaces, hasSharedFake } from './shared-fake.ts'

const isPresent = hasSharedFake('responses taken up again by the official client')

/** 300 events in two seconds and a half, with those around the words. */
const paced = 'fake-long:292@@pace=8'
const modelIds = ['fake-echo', 'fake-embed', 'fake-slow', paced]
const places = Object.fromEntries(
  Object.entries(fakePlaces).map(([provider, place]) => [provider, { ...place, modelIds }]),
)
/** Passed on, and translated from two dialects. */
const kinds = ['openai_responses', 'openai', 'anthropic']

const replies: WireReply[] = []
let product: ConnectedProduct
let client: OpenAI
/** What it is told is compared instead of written down. */
let reader: OpenAI

beforeAll(async () => {
  if (!isPresent) return
  product = await startConnectedProduct({ places, fetch: recordingFetch(replies) })
  client = product.client
  reader = client.withOptions({ fetch })
})
afterAll(() => product?.stop())

afterEach(() => requireValid(replies))

/** One reader's events, who hangs up after every few of them and comes again. */
async function eventsInPieces(id: string, each: number) {
  const events: ResponseStreamEvent[] = []
  for (;;) {
    const piece = await eventsAfter(reader, id, {
      after: events.at(-1)?.sequence_number,
      most: each,
    })
    events.push(...piece)
    if (piece.length < each) return events
  }
}

const texts = (events: readonly ResponseStreamEvent[]) =>
  events.map((event) => JSON.stringify(event))

/** The events after one as they go over the wire, which are compared sooner than they are read. */
async function wireAfter(id: string, after?: number): Promise<string> {
  const from = after === undefined ? {} : { starting_after: after }
  const response = await reader.responses.retrieve(id, { stream: true, ...from }).asResponse()
  return response.text()
}

describe.skipIf(!isPresent)('a background response of 300 events', () => {
  const ids = new Map<string, string>()

  it('says the same to everyone who joins it anywhere as it runs', async () => {
    await Promise.all(kinds.map(joinEverywhere))
    expect(ids.size).toBe(kinds.length)
  })

  async function joinEverywhere(kind: string) {
    const asked = { model: `${kind}.${paced}`, input: `Follow ${kind}.`, background: true }
    const whole: ResponseStreamEvent[] = []
    const joined: Promise<ResponseStreamEvent[]>[][] = []
    let inPieces: Promise<ResponseStreamEvent[]> | undefined
    let id = ''
    for await (const event of await client.responses.create({ ...asked, stream: true })) {
      whole.push(event)
      if (event.type === 'response.created') {
        id = event.response.id
        inPieces = eventsInPieces(id, 7)
      }
      const { sequence_number: number } = event
      if (number % 8 === 0)
        joined.push([1, 2].map(() => eventsAfter(reader, id, { after: number })))
    }
    expect(whole.length).toBeGreaterThanOrEqual(300)
    expect(whole[0]).toMatchObject({ type: 'response.created', response: { status: 'queued' } })
    for (const [index, followers] of joined.entries()) {
      const rest = texts(whole.slice(index * 8 + 1))
      for (const follower of followers) expect(texts(await follower)).toEqual(rest)
    }
    expect(await inPieces).toEqual(whole)
    expect(await eventsAfter(reader, id)).toEqual(whole)
    const last = whole.at(-1)
    expect(last).toMatchObject({ type: 'response.completed', sequence_number: whole.length - 1 })
    expect(await client.responses.retrieve(id)).toMatchObject({ id, status: 'completed' })
    expect(product.callsAbout(asked.input)).toHaveLength(1)
    ids.set(kind, id)
  }

  it.each(kinds)('is taken up by two at once after each of its events: %s', async (kind) => {
    const id = ids.get(kind) ?? ''
    const whole = (await wireAfter(id)).split(/(?<=\n\n)/)
    expect(whole.length).toBeGreaterThanOrEqual(300)
    for (let from = 0; from < whole.length; from += 25) {
      const indices = [...whole.keys()].slice(from, from + 25)
      const both = await Promise.all(
        indices.flatMap((index) => [wireAfter(id, index), wireAfter(id, index)]),
      )
      const rests = indices.map((index) => whole.slice(index + 1).join(''))
      expect(both).toEqual(rests.flatMap((rest) => [rest, rest]))
    }
    const helped = client.responses.stream({ response_id: id, starting_after: 200 })
    const heard: number[] = []
    helped.on('event', ({ sequence_number }) => heard.push(sequence_number))
    const { output_text: text } = await helped.finalResponse()
    expect(text.endsWith('word291')).toBe(true)
    expect(heard).toEqual([...whole.keys()].slice(201))
  })
})

describe.skipIf(!isPresent)('a response that is kept', () => {
  it.each(Object.keys(places))('is cancelled, with its call to the provider: %s', async (kind) => {
    const input = `Cancel ${kind}.`
    const asked = { model: `${kind}.fake-slow`, input, background: true }
    const queued = await client.responses.create(asked)
    expect([queued.status, queued.output]).toEqual(['queued', []])
    const [begun] = (await eventsAfter(reader, queued.id, { most: 12 })).slice(-1)
    const following = eventsAfter(reader, queued.id, { after: begun!.sequence_number })
    const cancelled = await client.responses.cancel(queued.id)
    expect(cancelled.status).toBe('cancelled')
    expect(JSON.stringify(cancelled.output)).toContain('tick0')
    await expect.poll(() => product.callsAbout(input).map(({ aborted }) => aborted)).toEqual([true])
    const events = await following
    expect(events.at(-1)).toMatchObject({
      type: 'response.incomplete',
      response: { status: 'cancelled', output: cancelled.output },
    })
    expect(await client.responses.cancel(queued.id)).toEqual(cancelled)
    expect(await client.responses.retrieve(queued.id)).toMatchObject(cancelled)
    const all = await eventsAfter(client, queued.id)
    expect(all.slice(begun!.sequence_number + 1)).toEqual(events)
    await client.responses.delete(queued.id)
    await expect(client.responses.retrieve(queued.id)).rejects.toThrow(OpenAI.NotFoundError)
  })

  it('lists what it was given, a page at a time', async () => {
    const image_url = `data:image/png;base64,${'iVBORw0KGgo='}`
    // What may be left out is told all the same.
    const picture = { type: 'input_image', image_url } as ResponseInputImage
    const input: ResponseInputItem[] = [
      { role: 'developer', content: 'Be brief.' },
      { role: 'user', content: [picture] },
      { role: 'assistant', content: 'A picture.' },
      { role: 'user', content: 'What is the weather?' },
      { type: 'function_call', call_id: 'call_1', name: 'get_weather', arguments: '{}' },
      { type: 'function_call_output', call_id: 'call_1', output: 'Rain.' },
    ]
    const { id } = await client.responses.create({ model: 'anthropic.fake-echo', input })
    const listed = async (order: 'asc' | 'desc') => {
      const items: unknown[] = []
      for await (const item of client.responses.inputItems.list(id, { order, limit: 4 })) {
        items.push(item)
      }
      return items
    }
    const items = await listed('asc')
    expect(items).toMatchObject([
      { role: 'developer', content: [{ type: 'input_text', text: 'Be brief.' }] },
      input[1],
      { role: 'assistant', content: [{ type: 'output_text', text: 'A picture.' }] },
      { role: 'user', content: [{ type: 'input_text', text: 'What is the weather?' }] },
      input[4],
      input[5],
    ])
    expect(await listed('desc')).toEqual(items.toReversed())
    expect(replies.filter(({ method }) => method === 'GET')).toHaveLength(4)
  })
})

describe.skipIf(!isPresent)('a call with an Idempotency-Key', () => {
  const once = (key: string) => ({ headers: { 'Idempotency-Key': key } })
  const chat = (model: string, content: string) => ({
    model,
    messages: [{ role: 'user' as const, content }],
  })

  it.each(Object.keys(places))('is made once, however often it is asked for: %s', async (kind) => {
    const asked = chat(`${kind}.fake-echo`, `Once ${kind}.`)
    const ask = () => client.chat.completions.create(asked, once(`whole ${kind}`))
    const [first, second] = await Promise.all([ask(), ask()])
    expect(first.choices[0]?.message.content).toBe(`Echo: Once ${kind}.`)
    expect([second, await ask()]).toEqual([first, first])
    const other = chat(`${kind}.fake-echo`, 'Another question.')
    const conflict: unknown = await client.chat.completions
      .create(other, once(`whole ${kind}`))
      .catch((error: unknown) => error)
    expect(conflict).toBeInstanceOf(OpenAI.ConflictError)
    expect(conflict).toMatchObject({ status: 409, code: 'idempotency_conflict' })

    const streamed = {
      ...chat(`${kind}.fake-echo`, `Streamed once ${kind}.`),
      stream: true as const,
    }
    const chunks = async () => {
      const told = []
      const stream = await client.chat.completions.create(streamed, once(`streamed ${kind}`))
      for await (const chunk of stream) told.push(chunk)
      return told
    }
    const both = await Promise.all([chunks(), chunks()])
    const later = await chunks()
    expect(both).toEqual([later, later])
    const text = later.map(({ choices }) => choices[0]?.delta.content ?? '').join('')
    expect(text).toBe(`Echo: Streamed once ${kind}.`)
    const calls = [`Once ${kind}.`, `Streamed once ${kind}.`].map(
      (each) => product.callsAbout(each).length,
    )
    expect(calls).toEqual([1, 1])
  })

  it('goes on without its client', async () => {
    const left = kinds.map(async (kind) => {
      const asked = { ...chat(`${kind}.${paced}`, `Leave ${kind}.`), stream: true as const }
      const ask = () => client.chat.completions.create(asked, once(`left ${kind}`))
      let chunks = 0
      for await (const { object } of await ask()) {
        if (object && ++chunks === 5) break
      }
      let text = ''
      for await (const { choices } of await ask()) text += choices[0]?.delta.content ?? ''
      return [text, product.callsAbout(asked.messages[0]!.content).map(({ aborted }) => aborted)]
    })
    const text = Array.from({ length: 292 }, (_, index) => `word${index}`).join(' ')
    expect(await Promise.all(left)).toEqual(kinds.map(() => [text, [false]]))
  })

  it('may be a response or an embedding', async () => {
    const asked = { model: 'ollama.fake-echo', input: 'A response once.', store: false }
    const respond = () => client.responses.create(asked, once('response'))
    const [first, second] = await Promise.all([respond(), respond()])
    expect(second).toEqual(first)
    const wanted = { model: 'openai.fake-embed', input: 'A vector once.' }
    const embed = () => client.embeddings.create(wanted, once('embedding'))
    const vectors = await Promise.all([embed(), embed()])
    expect(vectors[1]).toEqual(vectors[0])
    expect(
      [product.callsAbout(asked.input), product.callsAbout(wanted.input)].map(
        ({ length }) => length,
      ),
    ).toEqual([1, 1])
  })
})
