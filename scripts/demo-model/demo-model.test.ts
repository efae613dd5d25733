import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerTo } from './answer.ts'
import { complete } from './completion.ts'
import { readChatRequest, tokensOf } from './conversation.ts'
import { tokensDue } from './pace.ts'
import { createDemoModel } from './server.ts'

const user = (text: string) => ({ role: 'user', text })
const assistant = (text: string) => ({ role: 'assistant', text })
const say = (text: string, model = 'demo') => answerTo(model, [user(text)]).text

describe('what the demo model answers', () => {
  it('says in every answer that it is a demo, in the language of the question', () => {
    for (const question of [
      'Hello',
      'help',
      'a table please',
      'Why is the sky blue?',
      'write code',
    ]) {
      expect(say(question)).toMatch(/demo model/)
    }
    for (const question of ['你好', '帮助', '给我一个表格', '天空为什么是蓝色的？', '写一段代码']) {
      expect(say(question)).toMatch(/演示模型/)
    }
    expect(say('anything', 'demo-writer')).toMatch(/demo model/)
    expect(say('写一篇文章', 'demo-writer')).toMatch(/演示模型/)
  })

  it('shows a fitting sample when asked for a kind of answer', () => {
    expect(say('Make me a table')).toMatch(/\n\| --- \|/)
    expect(say('a formula, please')).toContain('$$')
    expect(say('some python code')).toContain('```python')
    expect(say('列个清单')).toContain('- [ ]')
    expect(say('how do I connect a provider?')).toContain('Connections')
  })

  it('says that images have arrived, and how many', () => {
    const body = (images: number) => ({
      model: 'demo',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is it?' },
            ...Array.from({ length: images }, () => ({
              type: 'image_url',
              image_url: { url: 'data:image/png;base64,AAAA' },
            })),
          ],
        },
      ],
    })
    const answer = (images: number) =>
      answerTo('demo', readChatRequest(body(images))?.messages ?? []).text
    expect(answer(1)).toContain('Your image has arrived')
    expect(answer(3)).toContain('Your 3 images have arrived')
    expect(answer(0)).toContain('What is it?')
  })

  it('repeats any other question, shortened', () => {
    expect(say('Why is the sky blue?')).toContain('“Why is the sky blue?”')
    expect(say('very '.repeat(1_000)).length).toBeLessThan(600)
  })

  it('thinks before it answers only as the reasoner', () => {
    expect(answerTo('demo-reasoner', [user('Why?')]).reasoning).toContain('Why?')
    expect(answerTo('demo', [user('Why?')]).reasoning).toBe('')
  })

  it('writes about two thousand words with everything a page must be able to show', () => {
    const text = say('go on', 'demo-writer')
    expect(text.split(/\s+/).length).toBeGreaterThan(1_900)
    for (const mark of ['\n## ', '```python', '```rust', '```sql', '\n| :---', '\n$$\n', '- [x]']) {
      expect(text).toContain(mark)
      expect(say('写', 'demo-writer')).toContain(mark)
    }
  })

  it('goes on exactly where its own text was cut, wherever that was', () => {
    const whole = say('Tell me more', 'demo-writer')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: whole.length - 1 }), (cut) => {
        const said = whole.slice(0, cut)
        const messages = [user('Tell me more'), assistant(said), user('Continue exactly there.')]
        expect(said + answerTo('demo-writer', messages).text).toBe(whole)
      }),
      { numRuns: 50 },
    )
  })

  it('names a conversation with a few words and nothing else', () => {
    const order = 'Write a short title for this conversation.'
    expect(
      answerTo('demo', [{ role: 'system', text: order }, user('How do tides work, really?')]).text,
    ).toBe('How do tides work, really')
    expect(answerTo('demo', [user(`${order}\n\nHow do tides work?`)]).text).toBe(
      'How do tides work',
    )
    expect(
      answerTo('demo', [{ role: 'system', text: '为对话写标题' }, user('潮汐是怎么来的？')]).text,
    ).toBe('潮汐是怎么来的')
  })
})

describe('tokens', () => {
  it('are the text again when joined', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(tokensOf(text).join('')).toBe(text)
      }),
    )
  })

  it('follow the pace whatever the clock does in between', () => {
    const pace = { firstMs: 100, perSecond: 10 }
    expect([0, 99, 100, 199, 200, 1_100].map((ms) => tokensDue(pace, ms))).toEqual([
      0, 0, 1, 1, 2, 11,
    ])
  })

  it('end at the limit asked for, and say so', () => {
    const request = readChatRequest({
      model: 'demo',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'hello' }] }],
      max_tokens: 3,
    })
    const { deltas, finishReason, usage } = complete(request!)
    expect({ count: deltas.length, finishReason, used: usage.completion_tokens }).toEqual({
      count: 3,
      finishReason: 'length',
      used: 3,
    })
  })
})

describe('the demo server', () => {
  const server = createDemoModel()
  let url = ''

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  })
  afterAll(() => server.closeAllConnections())

  const chat = (body: object, signal?: AbortSignal) =>
    fetch(`${url}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ messages: [{ role: 'user', content: 'hello' }], ...body }),
      ...(signal ? { signal } : {}),
    })

  it('lists its models', async () => {
    const reply = (await (await fetch(`${url}/models`)).json()) as { data: { id: string }[] }
    expect(reply.data.map(({ id }) => id)).toEqual([
      'demo',
      'demo-reasoner',
      'demo-writer',
      'demo-slow',
    ])
  })

  it('streams an answer that ends with its reason, its usage and the end mark', async () => {
    const reply = await chat({
      model: 'demo',
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 12,
    })
    const events = (await reply.text()).trim().split('\n\n')
    const chunks = events.slice(0, -1).map((event) => JSON.parse(event.slice('data: '.length)))
    expect(events.at(-1)).toBe('data: [DONE]')
    expect(chunks.at(-1).usage.completion_tokens).toBe(12)
    expect(chunks.at(-2).choices[0].finish_reason).toBe('length')
    const text = chunks.map((chunk) => chunk.choices[0]?.delta?.content ?? '').join('')
    expect(say('hello').startsWith(text)).toBe(true)
    expect(text).not.toBe('')
  })

  it('answers in one piece when not asked to stream', async () => {
    const reply = (await (await chat({ model: 'demo', max_tokens: 5 })).json()) as {
      choices: { message: { content: string } }[]
    }
    expect(say('hello').startsWith(reply.choices[0]!.message.content)).toBe(true)
  })

  it('goes on serving others when a reader leaves in mid-answer', async () => {
    const leave = new AbortController()
    const reply = await chat({ model: 'demo-writer', stream: true }, leave.signal)
    await reply.body!.getReader().read()
    leave.abort()
    expect((await fetch(`${url}/models`)).status).toBe(200)
  })

  it('refuses what it does not know', async () => {
    expect((await chat({ model: 'gpt-4o' })).status).toBe(404)
    expect((await chat({ model: 'demo', messages: 'none' })).status).toBe(400)
    expect((await fetch(`${url}/embeddings`)).status).toBe(404)
  })
})
