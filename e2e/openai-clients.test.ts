import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { HumanMessage, type AIMessageChunk } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { ChatOpenAI } from '@langchain/openai'
import { generateText, streamText } from 'ai'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { startConnectedProduct, type ConnectedProduct } from './connected-product.ts'
import { fakePlaces, hasSharedFake } from './shared-fake.ts'

const isPresent = hasSharedFake('the official clients')

const places = {
  ...fakePlaces,
  openai: {
    ...fakePlaces.openai!,
    modelIds: ['fake-echo', 'fake-tools', 'fake-embed', 'fake-429', 'fake-500', 'fake-long:400'],
  },
}

let product: ConnectedProduct
let apiKey = ''
let baseURL = ''
let client: OpenAI

beforeAll(async () => {
  if (!isPresent) return
  product = await startConnectedProduct({ places })
  ;({ apiKey, baseURL, client } = product)
})
afterAll(() => product?.stop())

const weather = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'The weather of a city.',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
    },
  },
}

describe.skipIf(!isPresent).each(Object.keys(places))('the official client on %s', (provider) => {
  const model = (name: string) => `${provider}.${name}`

  it('chats, streams and is told what it used', async () => {
    const messages = [{ role: 'user' as const, content: 'Say hello' }]
    const reply = await client.chat.completions.create({ model: model('fake-echo'), messages })
    expect(reply.choices[0]?.message.content).toContain('Say hello')
    expect(reply.model).toBe(model('fake-echo'))
    expect(reply.usage?.total_tokens).toBeGreaterThan(0)
    const stream = await client.chat.completions.create({
      model: model('fake-echo'),
      messages,
      stream: true,
      stream_options: { include_usage: true },
    })
    let text = ''
    let total = 0
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? ''
      total = chunk.usage?.total_tokens ?? total
      expect(chunk.model).toBe(model('fake-echo'))
    }
    expect(text).toBe(reply.choices[0]?.message.content)
    expect(total).toBeGreaterThan(0)
  })

  it('has a tool called and tells what came of it', async () => {
    const question = { role: 'user' as const, content: 'What is the weather in Paris?' }
    const asked = await client.chat.completions.create({
      model: model('fake-tools'),
      messages: [question],
      tools: [weather],
    })
    const [call] = asked.choices[0]?.message.tool_calls ?? []
    if (call?.type !== 'function') throw new Error('No call.')
    expect(asked.choices[0]?.finish_reason).toBe('tool_calls')
    expect(call.function.name).toBe('get_weather')
    const answered = await client.chat.completions.create({
      model: model('fake-tools'),
      messages: [
        question,
        asked.choices[0]!.message,
        { role: 'tool', tool_call_id: call.id, content: '{"celsius": 21}' },
      ],
      tools: [weather],
    })
    expect(answered.choices[0]?.message.content).toBeTruthy()
  })

  it('is told of a model that is not there in its own exception', async () => {
    const asked = client.chat.completions.create({
      model: model('none'),
      messages: [{ role: 'user', content: 'x' }],
    })
    await expect(asked).rejects.toBeInstanceOf(OpenAI.NotFoundError)
  })
})

describe.skipIf(!isPresent)('the official client', () => {
  const messages = [{ role: 'user' as const, content: 'Hello' }]

  it('raises the exception that fits each refusal', async () => {
    const stranger = new OpenAI({ apiKey: 'sk-aichat-nobody', baseURL, maxRetries: 0 })
    await expect(stranger.models.list()).rejects.toBeInstanceOf(OpenAI.AuthenticationError)
    const ask = (model: string) => client.chat.completions.create({ model, messages })
    await expect(ask('openai.fake-429')).rejects.toBeInstanceOf(OpenAI.RateLimitError)
    await expect(ask('openai.fake-500')).rejects.toBeInstanceOf(OpenAI.InternalServerError)
    const refusal: unknown = await client.chat.completions
      .create({ model: 'ollama.fake-echo', messages, n: 2 })
      .catch((error: unknown) => error)
    const { status, code, param } = refusal as InstanceType<typeof OpenAI.APIError>
    expect([status, code, param]).toEqual([400, 'unsupported_parameter', 'n'])
  })

  it('lists every model by the name it is called by', async () => {
    const { data } = await client.models.list()
    expect(data.map(({ id }) => id)).toContain('anthropic.fake-echo')
    expect(await client.models.retrieve('anthropic.fake-echo')).toMatchObject({ object: 'model' })
  })

  it('leaves a stream when it wants to', async () => {
    const stream = await client.chat.completions.create({
      model: 'openai.fake-long:400',
      messages,
      stream: true,
    })
    let chunks = 0
    for await (const { choices } of stream) {
      chunks += choices.length
      if (chunks === 5) break
    }
    expect(chunks).toBe(5)
  })

  it('gets vectors, as numbers and as bytes', async () => {
    for (const provider of ['openai', 'ollama', 'google_genai']) {
      const model = `${provider}.fake-embed`
      const floats = await client.embeddings.create({
        model,
        input: ['a', 'b'],
        encoding_format: 'float',
      })
      const bytes = await client.embeddings.create({ model, input: ['a', 'b'] })
      expect(floats.data).toHaveLength(2)
      expect(bytes.data[0]?.embedding.length).toBe(floats.data[0]?.embedding.length)
      expect(floats.data[0]?.embedding.length).toBeGreaterThan(0)
    }
  })
})

describe.skipIf(!isPresent)('other clients', () => {
  it('chat and stream: the AI SDK', async () => {
    const provider = createOpenAICompatible({ name: 'aichat', apiKey, baseURL })
    const { text } = await generateText({
      model: provider('anthropic.fake-echo'),
      prompt: 'Say hi',
    })
    expect(text).toContain('Say hi')
    const streamed = streamText({ model: provider('openai.fake-echo'), prompt: 'Say hi' })
    expect(await streamed.text).toContain('Say hi')
  })

  it('chat and stream: LangChain', async () => {
    const chat = new ChatOpenAI({
      model: 'google_genai.fake-echo',
      apiKey,
      configuration: { baseURL },
    })
    const reply = await chat.invoke([new HumanMessage('Say hey')])
    expect(String(reply.content)).toContain('Say hey')
    let text = ''
    for await (const chunk of await chat.stream('Say hey')) text += String(chunk.content)
    expect(text).toContain('Say hey')
  })
  it.each(Object.keys(places))('ask for responses of %s: LangChain', async (provider) => {
    const chat = (name: string) =>
      new ChatOpenAI({
        model: `${provider}.fake-${name}`,
        apiKey,
        configuration: { baseURL },
        useResponsesApi: true,
      })
    const reply = await chat('echo').invoke('Say hey')
    expect(reply.text).toBe('Echo: Say hey')
    expect(reply.usage_metadata).toMatchObject({ output_tokens: expect.any(Number) })
    let text = ''
    for await (const chunk of await chat('echo').stream('Say hey')) text += chunk.text
    expect(text).toBe(reply.text)
    const schema = z.object({ city: z.string() })
    const getWeather = tool(() => '{"celsius": 21}', { name: 'get_weather', schema })
    const bound = chat('tools').bindTools([getWeather])
    const question = new HumanMessage('What is the weather in Paris?')
    const asked = await bound.invoke([question])
    const [call] = asked.tool_calls ?? []
    expect(call).toMatchObject({ name: 'get_weather', args: { city: 'text' } })
    const answered = await bound.invoke([question, asked, await getWeather.invoke(call!)])
    expect(answered.text).toContain('21')
    let whole: AIMessageChunk | undefined
    for await (const chunk of await bound.stream([question])) whole = whole?.concat(chunk) ?? chunk
    expect(whole?.tool_calls).toMatchObject([{ name: 'get_weather', args: { city: 'text' } }])
  })
})
