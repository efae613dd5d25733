import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../platform/fault.ts'
import { CallAccount } from '../call-account.ts'
import { PassedStream } from './passed-stream.ts'

const chunk = (delta: object, more: object = {}) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', model: 'upstream-1', choices: [{ index: 0, delta, finish_reason: null }], ...more })}`
const usage = `data: {"id":"c","model":"upstream-1","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}`

function pass(pieces: readonly string[], includeUsage = false, choices = 1) {
  const account = new CallAccount(0, 0)
  const stream = new PassedStream({
    model: 'mine.1',
    includeUsage,
    choices,
    secrets: ['sk-secret-1'],
    account,
  })
  return { text: pieces.map((piece) => stream.take(piece)).join(''), account, stream }
}

const body = [
  ': a comment with data: in it',
  chunk({ role: 'assistant', content: '' }),
  chunk({ content: 'He said "model":"upstream-1" and [DONE]' }),
  'event: ping\ndata: {}',
  chunk({}, { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
  usage,
  'data: [DONE]',
]

describe('a stream on its way through', () => {
  it('is the same however it is cut, and under either line ending', () => {
    for (const end of ['\n\n', '\r\n\r\n']) {
      const text = body.join(end) + end
      const whole = pass([text]).text
      fc.assert(
        fc.property(fc.array(fc.nat(text.length), { maxLength: 30 }), (cuts) => {
          const at = [0, ...cuts.toSorted((a, b) => a - b), text.length]
          const pieces = at.slice(1).map((to, index) => text.slice(at[index], to))
          expect(pass(pieces).text).toBe(whole)
        }),
      )
    }
  })

  it('changes nothing but the name of the model and the usage nobody asked for', () => {
    const text = `${body.join('\n\n')}\n\n`
    const renamed = text.replaceAll('"model":"upstream-1","choices"', '"model":"mine.1","choices"')
    expect(pass([text], true).text).toBe(renamed)
    expect(pass([text]).text).toBe(
      renamed.replace(`${usage.replace('upstream-1', 'mine.1')}\n\n`, ''),
    )
  })

  it('is charged by the usage it tells, asked for or not', () => {
    const { account, stream } = pass([`${body.join('\n\n')}\n\n`])
    expect(account.settled(false)).toMatchObject({
      source: 'provider',
      usage: { inputTokens: 3, outputTokens: 4, totalTokens: 7 },
    })
    expect(stream.isWhole).toBe(true)
  })

  it('ends with the error it holds, without the key that is in it', () => {
    const error = 'data: {"error":{"message":"Bad key sk-secret-1","code":401}}\n\n'
    expect(() => pass([`${chunk({ content: 'x' })}\n\n`, error])).toThrow(
      expect.objectContaining({ code: 'provider_auth' }),
    )
  })

  it('is given up when an event never ends', () => {
    const piece = 'x'.repeat(1024 * 1024)
    expect(() => pass(Array.from({ length: 9 }, () => piece))).toThrow(
      expect.objectContaining({ code: 'provider_bad_reply' }),
    )
  })
})

it('takes a text with line ends of other kinds for what it is', () => {
  const said = `He said\u2028data: [DONE]\u2029data: {"error":1}`
  const text = `${chunk({ content: said })}\n\n${body.at(-1)}\n\n`
  const { text: passed, stream } = pass([text])
  expect(passed).toBe(text.replace('"upstream-1"', '"mine.1"'))
  expect(stream.isOver).toBe(true)
  expect(pass([chunk({ content: said }), '\n\n']).stream.isWhole).toBe(false)
})

const choice = (index: number, delta: object, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ model: 'mine.1', choices: [{ index, delta, finish_reason }] })}\n\n`

describe('what an upstream sends', () => {
  it('goes on up to an error, which comes behind it', () => {
    const said = choice(0, { content: 'Hello' })
    const { text, stream, account } = pass([`${said}data: {"error":{"message":"no"}}\n\n`])
    expect(text).toBe(said)
    expect(account.hasProduced).toBe(true)
    expect(() => stream.requireGood()).toThrow(Fault)
    expect(() => stream.take(said)).toThrow(Fault)
  })

  it('is an error too where a choice stands beside it', () => {
    const error = { error: { code: 502, message: 'Gone' }, choices: [{ finish_reason: 'error' }] }
    expect(() => pass([`data: ${JSON.stringify(error)}\n\n`])).toThrow(Fault)
    const none = { error: null, choices: [{ index: 0, delta: { content: 'x' } }] }
    expect(() => pass([`data: ${JSON.stringify(none)}\n\n`])).not.toThrow()
  })

  it('is no answer as long as it is comments, which go on with the first of one', () => {
    const waiting = ': PROCESSING\n\n'
    const { text, stream } = pass([waiting, waiting])
    expect(text).toBe('')
    const said = choice(0, { content: 'Hello' })
    expect(stream.take(said)).toBe(waiting + waiting + said)
    expect(stream.take(waiting)).toBe(waiting)
  })

  it('loses an event that its end has cut, and not one that only lacks its empty line', () => {
    const said = choice(0, { content: 'Hello' })
    expect(pass([]).stream.end(said.slice(0, 40))).toBe('')
    expect(pass([]).stream.end(said.trimEnd())).toBe(said)
    const { stream } = pass([choice(0, {}, 'stop')])
    expect(stream.end('data: [DONE]')).toBe('data: [DONE]')
  })

  it('is whole once each of its answers is', () => {
    const first = [choice(0, { content: 'a' }), choice(0, {}, 'stop'), choice(1, { content: 'b' })]
    expect(pass(first, false, 2).stream.isWhole).toBe(false)
    expect(pass([...first, choice(1, {}, 'stop')], false, 2).stream.isWhole).toBe(true)
  })

  it.each([
    ['sound', { audio: { data: 'AAAA' } }],
    ['a call without arguments', { tool_calls: [{ index: 0, function: { name: 'now' } }] }],
    ['thought in parts', { content: [{ type: 'thinking', thinking: [{ text: 'Hm' }] }] }],
  ])('is something to charge for when it is %s', (_, delta) => {
    const spaced = choice(0, delta).replace('":', '" : ')
    expect(pass([choice(0, { role: 'assistant', content: '' })]).account.hasProduced).toBe(false)
    expect(pass([spaced]).account.hasProduced).toBe(true)
  })

  it('may pause for longer while it is thought', () => {
    const { account, stream } = pass([choice(0, { content: null, reasoning_content: 'Hm' })])
    expect(account.isReasoning).toBe(true)
    stream.take(choice(0, { content: 'So' }))
    expect(account.isReasoning).toBe(false)
  })
})
