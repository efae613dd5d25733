import { describe, expect, it } from 'vitest'
import type { ImageRef } from '../attachments/image-refs.ts'
import { newId, type Id } from '../contract/ids.ts'
import type { Message } from '../contract/message.ts'
import { buildPrompt } from './build-prompt.ts'

const megabyte = 1024 * 1024
const known = new Map<Id<'attachment'>, ImageRef>()

function picture(name: string, bytes = 1_000) {
  const attachmentId = newId('attachment')
  known.set(attachmentId, { sha256: name, mediaType: 'image/png', name })
  const size = { bytes, width: 1, height: 1 }
  return {
    type: 'attachment' as const,
    attachmentId,
    mediaType: 'image/png',
    name,
    url: '',
    ...size,
  }
}

function turn(role: Message['role'], text: string, ...images: ReturnType<typeof picture>[]) {
  return {
    role,
    parts: [...(text === '' ? [] : [{ type: 'text', text }]), ...images],
    supersededBy: null,
  } as unknown as Message
}

function ask(thread: Message[], more: { historyMax?: number; vision?: boolean } = {}) {
  const prompt = buildPrompt({
    thread,
    system: '',
    context: true,
    isContinuing: false,
    contextWindow: 100_000,
    outputTokens: null,
    images: { known, historyMax: 8, vision: true, ...more },
  })
  const turns = prompt.turns.map((each) => [
    each.text,
    ...(each.role === 'user' ? (each.images ?? []) : []).map(({ name }) => name),
  ])
  return { turns, tokens: prompt.promptTokens }
}

describe('the images of a prompt', () => {
  const thread = [
    turn('user', 'first', picture('a'), picture('b')),
    turn('assistant', 'yes'),
    turn('user', '', picture('c')),
  ]

  it('are sent with the messages that have them, at a thousand tokens each', () => {
    const { turns, tokens } = ask(thread)
    expect(turns).toEqual([['first', 'a', 'b'], ['yes'], ['', 'c']])
    expect(tokens).toBeGreaterThan(3_000)
    expect(tokens).toBeLessThan(3_100)
  })

  it('are the newest of the history, the others are told in words', () => {
    expect(ask(thread, { historyMax: 2 }).turns).toEqual([
      ['first\n[image: a]', 'b'],
      ['yes'],
      ['', 'c'],
    ])
  })

  it('are always those of the message to answer', () => {
    const last = [...thread.slice(0, 2), turn('user', 'these', picture('d'), picture('e'))]
    expect(ask(last, { historyMax: 0 }).turns).toEqual([
      ['first\n[image: a]\n[image: b]'],
      ['yes'],
      ['these', 'd', 'e'],
    ])
  })

  it('are told in words to a model that sees nothing', () => {
    expect(ask(thread, { vision: false }).turns).toEqual([
      ['first\n[image: a]\n[image: b]'],
      ['yes'],
      ['[image: c]'],
    ])
  })

  it('are told in words when they are gone', () => {
    const gone = picture('gone')
    known.delete(gone.attachmentId)
    expect(ask([turn('user', '', gone)]).turns).toEqual([['[image: gone]']])
  })

  it('weigh no more than those of one message may', () => {
    const heavy = [
      turn('user', 'old', picture('x', 50 * megabyte)),
      turn('user', 'new', picture('y', 50 * megabyte)),
    ]
    expect(ask(heavy).turns).toEqual([['old\n[image: x]'], ['new', 'y']])
  })
})
