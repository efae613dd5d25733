import fc from 'fast-check'
import { expect, it } from 'vitest'
import { callFrames, framesIn } from './call-frames.ts'

const line = fc.stringMatching(/^[a-z:" {}]{1,12}$/)
const frame = fc
  .array(line, { minLength: 1, maxLength: 3 })
  .map((lines) => `${lines.join('\n')}\n\n`)

it('finds every frame of a block by counting, whichever its first seq is', () => {
  fc.assert(
    fc.property(fc.array(frame, { minLength: 1 }), fc.nat(1_000), (frames, before) => {
      const lastSeq = before + frames.length
      const starts = frames.map((_, index) =>
        callFrames.startOf(frames.join(''), before + index + 1, lastSeq),
      )
      let at = 0
      expect(starts).toEqual(frames.map((each) => (at += each.length) - each.length))
    }),
  )
})

it('takes a piece apart into the frames it is made of, under either line ending', () => {
  fc.assert(
    fc.property(fc.array(frame), fc.boolean(), (frames, isCrLf) => {
      const piece = isCrLf ? frames.join('').replaceAll('\n', '\r\n') : frames.join('')
      expect(framesIn(piece)).toEqual(frames)
    }),
  )
})

it('ends a frame that its upstream left open', () => {
  expect(framesIn('data: a\n\ndata: [DONE]')).toEqual(['data: a\n\n', 'data: [DONE]\n\n'])
})

it('begins no frame with a line end that belongs to the one before', () => {
  const pieces = ['data: a\n\n', '\ndata: b\n\n']
  const frames = pieces.flatMap(framesIn)
  expect(frames).toEqual(['data: a\n\n', 'data: b\n\n'])
  expect(callFrames.startOf(frames.join(''), 2, 2)).toBe('data: a\n\n'.length)
})
