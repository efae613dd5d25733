import { describe, expect, it } from 'vitest'
import { newId } from '../contract/ids.ts'
import type { Message } from '../contract/message.ts'
import { buildPrompt, newestThatFit, systemText } from './build-prompt.ts'
import { tokensOf } from './tokens.ts'

function message(role: 'user' | 'assistant', text: string, more: Partial<Message> = {}): Message {
  return {
    id: newId('message'),
    conversationId: newId('conversation'),
    parentId: null,
    role,
    parts: text === '' ? [] : [{ type: 'text', text }],
    state: { type: 'complete', reason: 'stop', raw: null },
    model: null,
    usage: null,
    metrics: null,
    siblings: { index: 0, count: 1, ids: [] },
    continuedFrom: null,
    supersededBy: null,
    trace: null,
    createdAt: 0,
    updatedAt: 0,
    ...more,
  }
}

describe('tokensOf', () => {
  it.each([
    ['abcd', 1],
    ['abcde', 2],
    ['你好', 2],
    ['hello 世界', 4],
    ['', 0],
  ])('%j is %i', (text, tokens) => expect(tokensOf(text)).toBe(tokens))
})

describe('the turns that fit', () => {
  const turns = [
    { role: 'user' as const, text: '一二三四五' },
    { role: 'assistant' as const, text: '一二三四五六七八' },
    { role: 'user' as const, text: '一二三四五六七八九十一二三四五六七八九十一' },
  ]
  // In Chinese every character is a token; the words user and assistant are 1 and 3 tokens.
  const costs = [5 + 4 + 1, 8 + 4 + 3, 21 + 4 + 1]
  const all = 3 + costs[0]! + costs[1]! + costs[2]!
  it.each([
    [10, 1],
    [3 + costs[2]!, 1],
    [all - 1, 1],
    [all, 3],
    [all + 1_000, 3],
  ])('with room for %i are the newest %i, and never open with an answer', (budget, kept) => {
    expect(newestThatFit(turns, 1, budget)).toEqual(turns.slice(-kept))
  })
})

describe('the prompt', () => {
  const ask = (input: Partial<Parameters<typeof buildPrompt>[0]>) =>
    buildPrompt({
      thread: [message('user', 'hello')],
      system: '',
      context: true,
      isContinuing: false,
      contextWindow: 4_000,
      outputTokens: 2_048,
      images: { known: new Map(), historyMax: 8, vision: true },
      ...input,
    })
  /** A message that makes the whole prompt weigh exactly this much. */
  const weighing = (tokens: number) => [message('user', '字'.repeat(tokens - 3 - 4 - 1))]

  it.each([
    [4_000, 2_048, 120, 2_048],
    [4_000, 2_048, 2_900, 1_100],
    [4_000, 2_048, 3_990, 256],
    [128_000, 16_384, 310, 16_384],
    [8_192, 8_192, 5_000, 3_192],
    [32_768, null, 310, null],
  ])(
    'in a window of %i with a limit of %s and %i tokens asks for %s',
    (contextWindow, outputTokens, tokens, sent) => {
      const prompt = ask({ contextWindow, outputTokens, thread: weighing(tokens) })
      expect(prompt.promptTokens).toBe(tokens)
      expect(prompt.outputTokensMax).toBe(sent)
    },
  )

  it('refuses a message that does not fit alone, with both figures', () => {
    expect(() => ask({ thread: weighing(4_001) })).toThrow(
      expect.objectContaining({
        code: 'context_too_long',
        members: { tokens: 4_001, tokensMax: 4_000 },
      }),
    )
  })

  it('holds the thread without superseded and empty replies, and without reasoning', () => {
    const thread = [
      message('user', 'one'),
      message('assistant', 'gone', { supersededBy: newId('message') }),
      message('assistant', 'two', {
        parts: [
          { type: 'reasoning', text: 'secret', durationMs: 1 },
          { type: 'text', text: 'two' },
        ],
      }),
      message('user', 'same'),
      message('assistant', ''),
      message('user', 'same'),
    ]
    expect(ask({ thread }).turns.map(({ text }) => text)).toEqual(['one', 'two', 'same', 'same'])
    expect(ask({ thread, context: false }).turns.map(({ text }) => text)).toEqual(['same'])
  })

  it('ends with the partial answer and the instruction when it is gone on with', () => {
    const thread = [
      message('user', 'tell'),
      message('assistant', 'Once', { state: { type: 'cancelled', by: 'user' } }),
    ]
    const { turns } = ask({ thread, isContinuing: true })
    expect(turns.map(({ role }) => role)).toEqual(['user', 'assistant', 'user'])
    expect(turns[1]?.text).toBe('Once')
  })
})

describe('the system text', () => {
  const input = {
    conversationPrompt: null,
    personalPrompt: '  ',
    installationPrompt: 'Serve {username} with { MODEL } on {date} at {Day  Time}, {unknown}.',
    language: 'en' as const,
    username: 'ann',
    model: 'GPT',
    timeZone: 'Asia/Shanghai',
    now: Date.UTC(2026, 0, 1, 15, 59, 59),
  }
  it('is the first that is not blank, its variables filled in', () => {
    expect(systemText(input)).toBe(
      'Serve ann with GPT on 2026-01-01 at 2026-01-01 23:59:59 (UTC+08:00), {unknown}.',
    )
    expect(systemText({ ...input, conversationPrompt: 'Mine' })).toBe('Mine')
  })
  it('is the built-in one, with the time, when nobody wrote any', () => {
    expect(systemText({ ...input, installationPrompt: '', timeZone: 'UTC' })).toBe(
      'You are a helpful assistant. The current time is 2026-01-01 15:59:59 (UTC+00:00).',
    )
  })
})
