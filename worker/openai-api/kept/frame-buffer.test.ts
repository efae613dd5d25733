import { expect, it, vi } from 'vitest'
import { Fault } from '../../platform/fault.ts'
import { FrameBuffer, frameBytesMax } from './frame-buffer.ts'

function buffered() {
  vi.useFakeTimers({ now: 0 })
  const stored: string[][] = []
  const store = (frames: readonly string[]) => void stored.push([...frames])
  return { stored, buffer: new FrameBuffer({ store, coalesceMs: 250, now: Date.now }) }
}

it('stores the first frame at once, and those of one window together', () => {
  const { stored, buffer } = buffered()
  buffer.add(['a'])
  buffer.add(['b'])
  buffer.add(['c', 'd'])
  expect(stored).toEqual([['a']])
  vi.advanceTimersByTime(50)
  expect(stored).toEqual([['a'], ['b', 'c', 'd']])
  vi.advanceTimersByTime(1_000)
  buffer.add(['e'])
  expect(stored).toEqual([['a'], ['b', 'c', 'd'], ['e']])
  vi.useRealTimers()
})

it('does not let a row grow large, and refuses a frame that would not fit into one', () => {
  const { stored, buffer } = buffered()
  const frame = 'x'.repeat(30_000)
  buffer.add([frame])
  buffer.add([frame, frame, frame, frame, frame])
  expect(stored.map((frames) => frames.join('').length).every((length) => length <= 64_000)).toBe(
    true,
  )
  expect(() => buffer.add(['€'.repeat(frameBytesMax / 3 + 1)])).toThrow(Fault)
  vi.useRealTimers()
})
