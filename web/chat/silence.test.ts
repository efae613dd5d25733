import { expect, it } from 'vitest'
import { message, messageId } from './fake-server.ts'
import { runOf, withEvent, withKeepalive } from './run.ts'
import { silenceOf } from './silence.ts'

const run = runOf(message(messageId('a'), { role: 'assistant' }), 1_000)

it('explains nothing in the first ten seconds', () => {
  expect(silenceOf(run, 10_999)).toBeNull()
})

it('counts from the last event, whatever heartbeats came since', () => {
  const waiting = withKeepalive(
    run,
    { type: 'keepalive', phase: 'waiting', idleMs: 15_000 },
    16_000,
  )
  expect(silenceOf(waiting, 35_000)).toEqual({ phase: 'waiting', ms: 34_000 })

  const event = { seq: 1, event: { type: 'content' as const, content: 'a' } }
  expect(silenceOf(withEvent(waiting, event, 36_000), 40_000)).toBeNull()
})

it('counts down to a retry from its first second on', () => {
  const retrying = withKeepalive(
    run,
    { type: 'keepalive', phase: 'retrying', idleMs: 0, retryAt: 15_000 },
    1_000,
  )
  expect(silenceOf(retrying, 3_000)).toEqual({ phase: 'retrying', ms: 12_000 })
  expect(silenceOf(retrying, 15_500)?.phase).toBe('waiting')
})

it('says that the connection is gone rather than what the run last did', () => {
  expect(silenceOf({ ...run, phase: 'streaming', reconnecting: true }, 20_000)?.phase).toBe(
    'reconnecting',
  )
})
