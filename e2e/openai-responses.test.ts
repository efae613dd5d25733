import OpenAI from 'openai'
import { zodTextFormat } from 'openai/helpers/zod'
import type { ResponseInputItem, ResponseStreamEvent } from 'openai/resources/responses/responses'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { newKey, startConnectedProduct, type ConnectedProduct } from './connected-product.ts'
import { recordingFetch, requireValid, type WireReply } from './openai-wire.ts'
import { Ledger } from './runtime/ledger.ts'
import { fakePlaces, hasSharedFake } from './shared-fake.ts'

const isPresent = hasSharedFake('responses by the official client')
const breaking = 'long:60@@drop=20'
const modelIds = [
  'echo',
  'tools',
  'think',
  'json',
  'vision',
  'slow',
  'long:100',
  '429',
  '500',
  breaking,
].map((name) => `fake-${name}`)
const places = Object.fromEntries(
  Object.entries(fakePlaces).map(([provider, place]) => [provider, { ...place, modelIds }]),
)

const replies: WireReply[] = []
let product: ConnectedProduct
let client: OpenAI
let ledger: Ledger

beforeAll(async () => {
  if (!isPresent) return
  product = await startConnectedProduct({ places, fetch: recordingFetch(replies) })
  client = product.client
  ledger = new Ledger(product.runtime)
})
afterAll(() => product?.stop())

afterEach(() => requireValid(replies))

const tool = {
  type: 'function' as const,
  name: 'get_weather',
  description: 'The weather of a city.',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
  strict: true,
}
const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

describe.skipIf(!isPresent).each(Object.keys(places))('responses of %s', (provider) => {
  const model = (name: string) => `${provider}.fake-${name}`

  it('are answered whole, streamed, and read by the helper, all alike', async () => {
    const said = { instructions: 'Be brief.', metadata: { for: 'a test' } }
    const asked = { model: model('echo'), input: 'Say hello', ...said }
    const whole = await client.responses.create(asked)
    expect(whole).toMatchObject({ ...said, model: asked.model, status: 'completed' })
    expect(whole.output_text).toBe('Echo: Say hello')
    expect(whole.usage?.input_tokens).toBeGreaterThan(5)
    expect(whole.usage?.total_tokens).toBe(whole.usage!.input_tokens + whole.usage!.output_tokens)
    let text = ''
    for await (const event of await client.responses.create({ ...asked, stream: true })) {
      if (event.type === 'response.output_text.delta') text += event.delta
    }
    expect(text).toBe(whole.output_text)
    const stream = client.responses.stream(asked)
    const seen: string[] = []
    stream.on('event', ({ type }) => seen.push(type))
    let snapshot = ''
    stream.on('response.output_text.delta', (event) => (snapshot = event.snapshot))
    const last = await stream.finalResponse()
    expect([snapshot, last.output_text, last.usage]).toEqual([text, text, whole.usage])
    expect(seen.filter((type) => !type.endsWith('.delta'))).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ])
  })
  it('call a tool and take its result, after the response before or with all of it', async () => {
    const asked = { model: model('tools'), tools: [tool] }
    const question = { role: 'user' as const, content: 'What is the weather in Paris?' }
    const called = await client.responses.create({ ...asked, input: [question] })
    const call = called.output.find((item) => item.type === 'function_call')
    if (!call) throw new Error('No call.')
    expect([call.name, JSON.parse(call.arguments)]).toEqual(['get_weather', { city: 'text' }])
    const result = {
      type: 'function_call_output' as const,
      call_id: call.call_id,
      output: '{"celsius": 21}',
    }
    const after = await client.responses.create({
      ...asked,
      previous_response_id: called.id,
      input: [result],
    })
    expect(after.output_text).toContain('21')
    // A client that knows what is stored sends names.
    const names = called.output.map(({ id }) => ({ type: 'item_reference' as const, id: id ?? '' }))
    const named = await client.responses.create({ ...asked, input: [question, ...names, result] })
    expect(named.output_text).toBe(after.output_text)
    const items = [question, ...(called.output as ResponseInputItem[]), result]
    const passing = await client.responses.create({ ...asked, input: items, store: false })
    expect(passing.output_text).toBe(after.output_text)
    const stream = client.responses.stream({ ...asked, input: [question] })
    let given = ''
    stream.on('response.function_call_arguments.delta', (event) => (given = event.snapshot))
    const streamed = (await stream.finalResponse()).output.find(
      (item) => item.type === 'function_call',
    )
    expect([given, streamed?.arguments]).toEqual([call.arguments, call.arguments])
  })

  it('keep to a schema, and see pictures', async () => {
    const format = zodTextFormat(z.object({ city: z.string(), hot: z.boolean() }), 'weather')
    const asked = { model: model('json'), input: 'Where?', text: { format } }
    const parsed = await client.responses.parse(asked)
    expect(parsed.output_parsed).toEqual({ city: 'text', hot: true })
    const streamed = await client.responses.stream(asked).finalResponse()
    expect(streamed.output_parsed).toEqual(parsed.output_parsed)
    const image_url = `data:image/png;base64,${dot}`
    const picture = { type: 'input_image' as const, image_url, detail: 'auto' as const }
    const content = [{ type: 'input_text' as const, text: 'What is it?' }, picture]
    const input = [{ role: 'user' as const, content }]
    const seen = await client.responses.create({ model: model('vision'), input })
    expect(seen.status).toBe('completed')
    expect(JSON.stringify(product.fake.log.at(-1)?.body)).toContain(dot)
  })

  it('tell their thoughts apart, and are gone on from', async () => {
    const asked = {
      model: model('think'),
      input: 'Why?',
      reasoning: { effort: 'low' as const, summary: 'auto' as const },
    }
    let thought = ''
    let id = ''
    for await (const event of await client.responses.create({ ...asked, stream: true })) {
      if (event.type === 'response.reasoning_summary_text.delta') thought += event.delta
      if (event.type !== 'response.completed') continue
      const { output, usage } = event.response
      id = event.response.id
      expect(output.map(({ type }) => type)).toEqual(['reasoning', 'message'])
      expect(output[0]).toMatchObject({ summary: [{ type: 'summary_text', text: thought }] })
      // Ollama does not tell them apart in its counts.
      const isTold = provider !== 'ollama'
      expect((usage?.output_tokens_details.reasoning_tokens ?? 0) > 0).toBe(isTold)
    }
    expect(thought).toContain('I will answer in one sentence.')
    const more = { ...asked, input: 'And why not?', previous_response_id: id }
    const after = await client.responses.create({
      ...more,
      include: ['reasoning.encrypted_content'],
    })
    expect(after).toMatchObject({ status: 'completed', previous_response_id: id })
    expect(JSON.stringify(product.fake.log.at(-1)?.body)).toContain('Echo: Why?')
  })

  it('are incomplete where their limit ends them', async () => {
    const asked = { model: model('long:100'), input: 'Hi', max_output_tokens: 16 }
    const whole = await client.responses.create(asked)
    const ended = { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }
    expect(whole).toMatchObject(ended)
    expect(whole.output_text).toContain('word15')
    const events = []
    for await (const event of await client.responses.create({ ...asked, stream: true })) {
      events.push(event)
    }
    expect(events.at(-1)).toMatchObject({ type: 'response.incomplete', response: ended })
  })

  // The name of a deployment holds no faults.
  it.skipIf(provider === 'azure_openai')(
    'that break off say so, and keep their words',
    async () => {
      const asked = { model: model(breaking), input: 'Hi', stream: true as const }
      let said = ''
      let last: ResponseStreamEvent | undefined
      for await (const event of await client.responses.create(asked)) {
        if (event.type === 'response.output_text.delta') said += event.delta
        last = event
      }
      expect(said.length).toBeGreaterThan(50)
      if (last?.type !== 'response.failed') throw new Error(`Ended by ${last?.type}.`)
      const { status, error, output } = last.response
      expect([status, error?.code]).toEqual(['failed', 'server_error'])
      expect(output).toMatchObject([{ status: 'incomplete', content: [{ text: said }] }])
    },
  )

  it('that nobody stores end with their client, and are charged once', async () => {
    const [messages, calls] = [await ledger.chargedMessages(), await ledger.calls()]
    const input = `Leave ${provider}.`
    const leaving = new AbortController()
    const stream = await client.responses.create(
      { model: model('slow'), input, store: false, stream: true },
      { signal: leaving.signal },
    )
    for await (const { sequence_number: number } of stream) if (number === 8) leaving.abort()
    await expect.poll(() => product.callsAbout(input).map(({ aborted }) => aborted)).toEqual([true])
    await expect.poll(() => ledger.openCalls()).toBe(0)
    expect(await ledger.chargedMessages()).toBe(messages + 1)
    expect(await ledger.calls()).toEqual([...calls, { state: 'cancelled', refunded: 0 }])
  })
})

describe.skipIf(!isPresent)('the official client asking for a response', () => {
  const asked = { model: 'openai.fake-echo', input: 'Hello' }
  const refusalOf = (promise: PromiseLike<unknown>) =>
    Promise.resolve(promise).then(
      () => null,
      (error: unknown) => error,
    )

  it('raises the exception that fits what a provider refuses, of every kind and streamed or not', async () => {
    const refused = Object.keys(places).flatMap((provider) =>
      [false, true].flatMap((stream) =>
        ['429', '500', 'none'].map(async (name) => {
          const refusal = await refusalOf(
            client.responses.create({ ...asked, model: `${provider}.fake-${name}`, stream }),
          )
          return [provider, name, (refusal as Error).constructor]
        }),
      ),
    )
    const classes = {
      '429': OpenAI.RateLimitError,
      '500': OpenAI.InternalServerError,
      none: OpenAI.NotFoundError,
    }
    const wanted = Object.keys(places).flatMap((provider) =>
      [false, true].flatMap(() =>
        Object.entries(classes).map(([name, each]) => [provider, name, each]),
      ),
    )
    expect(await Promise.all(refused)).toEqual(wanted)
  })

  it('raises the exception that fits what is refused here', async () => {
    const with_ = (apiKey: string) => client.withOptions({ apiKey }).responses
    const narrow = with_(await newKey(product.admin, { scopes: ['chat'] }))
    const { id } = await client.responses.create(asked)
    const unsupported = [{ type: 'file_search' as const, vector_store_ids: ['vs_1'] }]
    const refusals = await Promise.all(
      [
        with_('sk-aichat-nobody').create(asked),
        narrow.create(asked),
        narrow.retrieve(id),
        client.responses.retrieve('resp_unknown'),
        client.responses.delete('resp_unknown'),
        client.responses.create({ ...asked, previous_response_id: 'resp_unknown' }),
        client.responses.create({ ...asked, tools: unsupported }),
        client.responses.cancel(id),
      ].map(refusalOf),
    )
    const told = refusals.map((error) => {
      const { constructor, code, param } = error as InstanceType<typeof OpenAI.APIError>
      return [constructor, code, param]
    })
    expect(told).toEqual([
      [OpenAI.AuthenticationError, 'invalid_api_key', null],
      [OpenAI.PermissionDeniedError, 'permission_denied', null],
      [OpenAI.PermissionDeniedError, 'permission_denied', null],
      [OpenAI.NotFoundError, 'not_found', null],
      [OpenAI.NotFoundError, 'not_found', null],
      [OpenAI.NotFoundError, 'not_found', 'previous_response_id'],
      [OpenAI.BadRequestError, 'unsupported_parameter', 'tools.0.type'],
      [OpenAI.BadRequestError, null, 'response_id'],
    ])
  })
})
