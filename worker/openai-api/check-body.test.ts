import { expect, it } from 'vitest'
import { ChatBody } from './chat-completions/chat-body.ts'
import { checkBody } from './check-body.ts'

const valid = { model: 'name', messages: [{ role: 'user', content: 'Hello' }] }
const withMessage = (message: unknown) => ({ ...valid, messages: [message] })
const withPart = (part: unknown) => withMessage({ role: 'user', content: [part] })

it('lets what fits pass as it came, fields nobody knows included', () => {
  const body = { ...valid, whatever: { deep: [1] }, messages: [{ ...valid.messages[0], mine: 1 }] }
  expect(checkBody(ChatBody, body)).toEqual(body)
})

it.each([
  [null, '', 'Invalid type: expected an object, but got null instead.'],
  [{}, 'model', 'Missing required parameter.'],
  [{ ...valid, model: 1 }, 'model', 'Invalid type: expected a string, but got an integer instead.'],
  [{ ...valid, messages: [] }, 'messages', 'Below minimum length. Expected at least 1, but got 0.'],
  [
    withMessage({ role: 'robot', content: 'x' }),
    'messages.0.role',
    "Invalid value: 'robot'. Supported values are: 'system', 'developer', 'user', 'assistant', 'tool', 'function'.",
  ],
  [withMessage({ role: 'user' }), 'messages.0.content', 'Missing required parameter.'],
  [
    withMessage({ role: 'user', content: 3 }),
    'messages.0.content',
    'Invalid type: expected a string or an array, but got an integer instead.',
  ],
  [
    withMessage({ role: 'tool', content: 'x' }),
    'messages.0.tool_call_id',
    'Missing required parameter.',
  ],
  [
    withPart({ type: 'video' }),
    'messages.0.content.0.type',
    "Invalid value: 'video'. Supported values are: 'text', 'image_url', 'input_audio', 'file'.",
  ],
  [
    withPart({ type: 'image_url', image_url: 'https://x.example' }),
    'messages.0.content.0.image_url',
    'Invalid type: expected an object, but got a string instead.',
  ],
  [
    { ...valid, temperature: 3 },
    'temperature',
    'Above maximum value. Expected at most 2, but got 3.',
  ],
  [
    { ...valid, seed: 0.5 },
    'seed',
    'Invalid type: expected an integer, but got a decimal instead.',
  ],
  [
    { ...valid, max_tokens: 0 },
    'max_tokens',
    'Below minimum value. Expected at least 1, but got 0.',
  ],
  [
    { ...valid, stop: ['1', '2', '3', '4', '5'] },
    'stop',
    'Above maximum length. Expected at most 4, but got 5.',
  ],
  [
    { ...valid, tool_choice: 'always' },
    'tool_choice',
    "Invalid value: 'always'. Supported values are: 'none', 'auto', 'required'.",
  ],
  [
    { ...valid, tool_choice: { type: 'function' } },
    'tool_choice.function',
    'Missing required parameter.',
  ],
  [
    { ...valid, reasoning_effort: 'x'.repeat(100) },
    'reasoning_effort',
    `Invalid value: '${'x'.repeat(62)}…. Supported values are: 'none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'.`,
  ],
])('refuses %j for %s', (body, path, message) => {
  expect(() => checkBody(ChatBody, body)).toThrow(
    expect.objectContaining({
      code: 'invalid_request',
      members: { errors: [{ path, message }] },
    }),
  )
})
