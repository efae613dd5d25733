import { describe, expect, it } from 'vitest'
import { Narration, type Narrated } from './narration.ts'
import { englishTextLabels } from './text-labels.tsx'

function told() {
  const narration = new Narration()
  const reply: Narrated = { replyId: 'msg_1', text: '', state: 'none' }
  return {
    at(now: number, change: Partial<Narrated> = {}) {
      Object.assign(reply, change)
      narration.update(reply, englishTextLabels)
      return narration.next(now)
    },
    narration,
  }
}

describe('announcing a reply', () => {
  it('says that it is being written, its sentences, and that it is complete', () => {
    const { at } = told()
    expect(at(0, { state: 'answering' })).toBe('Answering')
    expect(at(3_000, { text: 'One. Two. Thr' })).toBe('One. Two.')
    expect(at(6_000, { text: 'One. Two. Three', state: 'complete' })).toBe('Three Answer complete')
  })

  it('says something new at most every three seconds, and then all of it', () => {
    const { at, narration } = told()
    at(0, { state: 'answering' })
    expect(at(1_000, { text: 'One. T' })).toBeNull()
    expect(narration.waitMs(1_000)).toBe(2_000)
    expect(at(2_999, { text: 'One. Two. T' })).toBeNull()
    expect(at(3_000)).toBe('One. Two.')
    expect(narration.waitMs(3_000)).toBeNull()
  })

  it('says how it ended otherwise, and why', () => {
    const stopped = told()
    stopped.at(0, { state: 'answering' })
    expect(stopped.at(3_000, { state: 'stopped' })).toBe('Answer stopped')
    const failed = told()
    failed.at(0, { state: 'answering' })
    expect(failed.at(3_000, { state: 'failed', reason: 'no quota' })).toBe(
      'Answer failed: no quota',
    )
  })

  it('names each tool once', () => {
    const { at } = told()
    at(0, { state: 'answering' })
    expect(at(3_000, { step: 'Web search' })).toBe('Web search')
    expect(at(6_000, { step: 'Web search' })).toBeNull()
  })

  it('is silent about what was over, or there, when it came into view', () => {
    expect(told().at(0, { text: 'Old.', state: 'complete' })).toBeNull()
    const { at } = told()
    expect(at(0, { text: 'Read before. ', state: 'answering' })).toBe('Answering')
    expect(at(3_000, { text: 'Read before. New. And' })).toBe('New.')
  })

  it('leaves one reply for another', () => {
    const { at } = told()
    at(0, { state: 'answering', text: '' })
    at(1_000, { text: 'Never said. So' })
    expect(at(3_000, { replyId: 'msg_2', text: '', state: 'answering' })).toBe('Answering')
  })
})
