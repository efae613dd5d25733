import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catchUpLength, RevealSchedule, wholeCharacters } from './reveal.ts'

/** Plays arrivals against frames `frameMs` apart; says what was shown at each. */
function played(arrivals: { at: number; length: number }[], frameMs: number, untilMs: number) {
  const schedule = new RevealSchedule(0)
  const waiting = [...arrivals].sort((a, b) => a.at - b.at)
  const frames: { at: number; shown: number }[] = []
  let length = 0
  for (let now = 0; now <= untilMs; now += frameMs) {
    while (waiting[0] && waiting[0].at <= now) {
      const next = waiting.shift()
      if (next) schedule.arrive((length += next.length), next.at)
    }
    schedule.frame(now)
    frames.push({ at: now, shown: schedule.shown })
  }
  return frames
}

const arrivals = fc.array(
  fc.record({ at: fc.integer({ min: 0, max: 3_000 }), length: fc.integer({ min: 1, max: 600 }) }),
  { maxLength: 60 },
)

describe('revealing', () => {
  it('shows everything at most 300 ms after it arrived, never less than before, never too much', () => {
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 4, max: 40 }), (list, frameMs) => {
        const arrivedBy = (now: number) =>
          list.reduce((sum, { at, length }) => sum + (at <= now ? length : 0), 0)
        let before = 0
        for (const { at, shown } of played(list, frameMs, 4_000)) {
          expect(shown).toBeGreaterThanOrEqual(before)
          expect(shown).toBeGreaterThanOrEqual(arrivedBy(at - 300))
          expect(shown).toBeLessThanOrEqual(arrivedBy(at))
          before = shown
        }
      }),
    )
  })

  it('flows evenly when pieces come evenly', () => {
    const list = Array.from({ length: 20 }, (_, index) => ({ at: index * 100, length: 100 }))
    const frames = played(list, 10, 1_900).filter(({ at }) => at > 500)
    const steps = frames.slice(1).map(({ shown }, index) => shown - (frames[index]?.shown ?? 0))
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(5)
    expect(Math.max(...steps)).toBeLessThanOrEqual(20)
  })

  it('shows what was there at first at once', () => {
    expect(new RevealSchedule(500).shown).toBe(500)
  })

  it('catches up in one step when far behind', () => {
    const schedule = new RevealSchedule(0)
    schedule.arrive(catchUpLength + 1, 0)
    expect(schedule.shown).toBe(catchUpLength + 1)
    expect(schedule.isBehind).toBe(false)
  })

  it('parts no character', () => {
    expect(wholeCharacters('a😀b', 2)).toBe(1)
    expect(wholeCharacters('a😀b', 3)).toBe(3)
  })
})
