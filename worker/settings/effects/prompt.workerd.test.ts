import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { GenerateInput } from '../../contract/chat.ts'
import type { Connection } from '../../contract/connections.ts'
import { newId, type Id } from '../../contract/ids.ts'
import type { Model } from '../../contract/models.ts'
import type { WritableSettings } from '../../contract/settings-registry.ts'
import {
  connectModels,
  contentOf,
  newSend,
  openInstallation,
  readFrames,
  type Frame,
  TestClient,
  until,
  withSettings,
} from '../../test-client.ts'

const admin = new TestClient({ damping: false })
let echo: Id<'model'>
let thinking: Id<'model'>
let tagged: Id<'model'>
beforeAll(async () => {
  const { username } = await openInstallation()
  await admin.signIn(username)
  const ids = await connectModels(admin, ['echo', 'reason:3+tokens:3', 'think-tags'])
  ;[echo, thinking, tagged] = ids as [Id<'model'>, Id<'model'>, Id<'model'>]
})

const during = <T>(values: Partial<WritableSettings>, act: () => Promise<T>) =>
  withSettings(admin, values, act)

interface Sent {
  messages: { role: string; content: string }[]
  more: Record<string, unknown>
}

/** Sends a message of a text nobody else has, and answers what came back and what was asked. */
async function ask(model = echo, more: object = {}) {
  const send = { ...newSend(model, `about ${newId('request')}`), ...more }
  const frames = await readFrames(await admin.send(send as GenerateInput))
  return { send, frames, sent: await sentAbout(send.content) }
}

async function sentAbout(text: string): Promise<Sent> {
  const { calls } = await (
    await fetch(new URL('/log', env.TEST_UPSTREAM))
  ).json<{ calls: Sent[] }>()
  return calls.findLast(({ messages }) => JSON.stringify(messages).includes(text))!
}

const reasoningOf = (frames: Frame[]) =>
  frames.map(({ event }) => (event.type === 'reasoning' ? (event.content ?? '') : '')).join('')

describe('what a model is told', () => {
  it('begins with the prompt of the installation', async () => {
    const { sent } = await during({ 'chat.systemPrompt': 'Speak like a pirate.' }, () => ask())
    expect(sent.messages[0]).toMatchObject({
      role: 'system',
      content: expect.stringContaining('Speak like a pirate.'),
    })
  })

  it('is as warm as the setting says, and the provider’s own warmth without it', async () => {
    const { sent } = await during({ 'chat.temperature': 0.3 }, () => ask())
    expect(sent.more).toMatchObject({ temperature: 0.3 })
    expect((await ask()).sent.more).not.toHaveProperty('temperature')
  })

  it('goes back no further than the setting allows', async () => {
    const first = await ask()
    const { conversationId, replyId } = first.send
    const next = () => ask(echo, { conversationId, parentId: replyId })
    const whole = await next()
    expect(whole.sent.messages.filter(({ role }) => role !== 'system')).toHaveLength(3)
    const cut = await during({ 'chat.historyMessagesMax': 2 }, next)
    expect(cut.sent.messages.filter(({ role }) => role !== 'system')).toHaveLength(1)
  })

  it('fits into the window that is assumed where nobody knows it', async () => {
    const long = () => ask(echo, { content: `long ${'word '.repeat(3_000)}` })
    expect(contentOf((await long()).frames)).toContain('word')
    const reply = await during({ 'models.contextTokensDefault': 1_024 }, () =>
      admin.send(newSend(echo, 'word '.repeat(3_000))),
    )
    expect(await reply.json()).toMatchObject({ code: 'context_too_long', tokensMax: 1_024 })
  })

  it('says how long an answer may be where nobody knows it, or nothing of it', async () => {
    const limits = ({ sent }: { sent: Sent }) =>
      sent.more['max_tokens'] ?? sent.more['max_completion_tokens']
    expect(limits(await during({ 'models.outputTokensDefault': 777 }, () => ask()))).toBe(777)
    expect(limits(await ask())).toBeUndefined()
  })
})

describe('what may be written', () => {
  it('is a message up to the longest that is set', async () => {
    const send = async () => (await admin.send(newSend(echo, 'x'.repeat(1_001)))).status
    expect(await during({ 'chat.messageLengthMax': 1_000 }, send)).toBe(413)
    expect(await send()).toBe(200)
  })

  it('is a prompt of a conversation or of one’s own up to the longest that is set', async () => {
    const prompt = 'x'.repeat(1_001)
    const write = async () => [
      (
        await admin.request('PATCH', '/api/me', {
          body: { preferences: { personalPrompt: prompt } },
        })
      ).status,
      (
        await admin.request('POST', '/api/conversations', {
          body: { id: newId('conversation'), systemPrompt: prompt },
        })
      ).status,
    ]
    expect(await during({ 'chat.systemPromptLengthMax': 1_000 }, write)).toEqual([400, 400])
    expect(await write()).toEqual([200, 201])
    await admin.json('PATCH', '/api/me', { preferences: { personalPrompt: null } })
  })

  it('is a request of one’s own, by whom the setting lets', async () => {
    const send = async () =>
      (await admin.send(newSend(echo, 'Hello', { custom: { body: { seed: 7 } } } as object))).status
    expect(await send()).toBe(200)
    expect(await during({ 'chat.customRequest': 'nobody' }, send)).toBe(403)
  })
})

describe('a title', () => {
  const titleOf = async (id: string) =>
    (await admin.json<{ title: string }>('GET', `/api/conversations/${id}`)).title

  it('is made of the first message, as long as the setting says', async () => {
    const { send } = await during({ 'titles.lengthMax': 10 }, () => ask())
    expect(await titleOf(send.conversationId)).toBe(send.content.slice(0, 10).trim())
  })

  it('is asked of a model where that is set, of the one that is set', async () => {
    const [titler] = await connectModels(admin, ['tokens:2'])
    const { send } = await during(
      { 'titles.mode': 'model', 'titles.modelId': titler! },
      async () => {
        const asked = await ask()
        await until(async () => (await titleOf(asked.send.conversationId)) === 't0 t1')
        return asked
      },
    )
    expect(await titleOf(send.conversationId)).toBe('t0 t1')
    expect(await titleOf((await ask()).send.conversationId)).toMatch(/^about/)
  })
})

describe('reasoning', () => {
  it('is asked for as the settings say', async () => {
    const { sent } = await during({ 'reasoning.effort': 'low' }, () => ask(thinking))
    expect(sent.more).toMatchObject({ reasoning_effort: 'low' })
    const off = await during({ 'reasoning.effort': 'low', 'reasoning.enabled': false }, () =>
      ask(thinking),
    )
    expect(off.sent.more['reasoning_effort']).not.toBe('low')
    expect((await ask(thinking)).sent.more).not.toHaveProperty('reasoning_effort')
  })

  it('is asked of Ollama in its own words', async () => {
    const bodies: Record<string, unknown>[] = []
    const original = globalThis.fetch
    const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      const url = input instanceof Request ? input.url : String(input)
      if (!url.endsWith('/api/chat')) return original(input, init)
      bodies.push(JSON.parse(await new Response(init?.body).text()) as Record<string, unknown>)
      const end = { message: { role: 'assistant', content: 'Hi' }, done: true, done_reason: 'stop' }
      return new Response(`${JSON.stringify(end)}\n`)
    })
    try {
      const { id } = await admin.json<Connection>('POST', '/api/connections', {
        provider: 'ollama',
        baseUrl: new URL(env.TEST_UPSTREAM).origin,
        auth: 'none',
        modelIds: ['qwen3'],
      })
      const { items } = await admin.json<{ items: Model[] }>('GET', '/api/models?all=1')
      const model = items.find(({ connectionId }) => connectionId === id)!.id
      const think = async () => {
        await readFrames(await admin.send(newSend(model)))
        return bodies.at(-1)?.['think']
      }
      expect(await during({ 'reasoning.ollamaThink': 'off' }, think)).toBe(false)
      expect(await during({ 'reasoning.ollamaThink': 'on' }, think)).toBe(true)
      expect(await think()).toBeUndefined()
    } finally {
      spy.mockRestore()
    }
  })

  it('is kept with the answer, or only shown while it comes', async () => {
    const texts = async () => {
      const { send, frames } = await ask(thinking)
      expect(reasoningOf(frames)).toBe('r0 r1 r2')
      const { parts } = await until(async () => {
        const message = await admin.message(send.replyId)
        return message.state.type === 'complete' && message
      })
      return parts.map((part) => ('text' in part ? part.text : part.type))
    }
    expect(await texts()).toEqual(['r0 r1 r2', 't0 t1 t2'])
    expect(await during({ 'reasoning.save': false }, texts)).toEqual(['', 't0 t1 t2'])
  })

  it('is found between the tags that are set', async () => {
    const shown = async () => {
      const { frames } = await ask(tagged)
      return [reasoningOf(frames).trim(), contentOf(frames).trim()]
    }
    const raw = '<think>a thought in tags</think>\n\nan answer after it'
    expect(await shown()).toEqual(['a thought in tags', 'an answer after it'])
    expect(await during({ 'reasoning.tags': 'off' }, shown)).toEqual(['', raw])
    const custom = (pair: [string, string]) =>
      during({ 'reasoning.customTags': [pair], 'reasoning.tags': 'custom' }, shown)
    expect(await custom(['<other>', '</other>'])).toEqual(['', raw])
    expect(await custom(['<think>a', 'tags</think>'])).toEqual(['thought in', 'an answer after it'])
  })
})

describe('what was used', () => {
  it('is told in the stream, unless that is off', async () => {
    const told = async () =>
      (await ask()).frames.filter(({ event }) => event.type === 'usage').length
    expect(await told()).toBe(2)
    expect(await during({ 'usage.emit': false }, told)).toBe(0)
  })

  it('is estimated where the provider is silent, unless only its word counts', async () => {
    const [silent] = await connectModels(admin, ['tokens:5+no-done'])
    const usage = async () => {
      const { frames } = await ask(silent)
      const last = frames.findLast(({ event }) => event.type === 'usage')?.event
      return last?.type === 'usage' ? last.usage : null
    }
    expect(await usage()).toMatchObject({ outputTokens: expect.any(Number), source: 'estimate' })
    expect(await during({ 'usage.providerOnly': true }, usage)).toMatchObject({
      outputTokens: null,
      totalTokens: null,
    })
  })
})
