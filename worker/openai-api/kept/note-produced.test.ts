import { expect, it } from 'vitest'
import { CallAccount } from '../call-account.ts'
import { frameOf } from '../responses/response-frames.ts'
import { noteProduced } from './note-produced.ts'

function noted(frames: readonly string[]): CallAccount {
  const account = new CallAccount(0, 7)
  noteProduced(frames, account)
  return account
}

it('counts what was said in either form, and however its JSON is spaced', () => {
  const said = [
    [frameOf({ type: 'response.output_text.delta', delta: 'four letters' })],
    ['data: {"choices":[{"index":0,"delta":{"content":"four letters"}}]}\n\n'],
    ['data: {"choices": [{"index": 0, "delta": {"content": "four letters"}}]}\n\n'],
  ]
  expect(said.map((frames) => noted(frames).settled(false).usage.outputTokens)).toEqual([3, 3, 3])
})

it('counts neither what is asked nor what is told a second time', () => {
  const frames = [
    frameOf({ type: 'response.created', response: { instructions: 'x', tools: [] } }),
    frameOf({ type: 'response.output_text.done', text: 'four letters' }),
  ]
  expect(noted(frames).hasProduced).toBe(false)
})

it('takes the figures of an answer that had told them', () => {
  const usage = { input_tokens: 3, output_tokens: 4, total_tokens: 7 }
  const account = noted([frameOf({ type: 'response.completed', response: { usage } })])
  expect(account.settled(false)).toMatchObject({ source: 'provider', usage: { totalTokens: 7 } })
})
