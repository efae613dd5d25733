import { expect, it } from 'vitest'
import { contextStartOf } from './context-start.ts'
import { message, messageId } from './fake-server.ts'

const text = (name: string, length: number, role: 'user' | 'assistant' = 'user') =>
  message(messageId(name), { role, parts: [{ type: 'text', text: 'a'.repeat(length) }] })

// 4 for each message, 1 for `user`, a quarter of a token for a character, 3 once.
const thread = [text('a', 40), text('b', 400), text('c', 40)]

it('draws no line while the prompt can hold the whole thread', () => {
  expect(contextStartOf(thread, 3 + 15 + 105 + 15)).toBeNull()
})

it('begins the context at the oldest message that fits', () => {
  expect(contextStartOf(thread, 3 + 105 + 15)).toBe(messageId('b'))
  expect(contextStartOf(thread, 3 + 15)).toBe(messageId('c'))
})

it('always holds the newest message', () => {
  expect(contextStartOf(thread, 1)).toBe(messageId('c'))
  expect(contextStartOf([text('a', 9_000)], 1)).toBeNull()
})
