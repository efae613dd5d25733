import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { atMost, type Figure } from '../figures.ts'
import { openByLink } from './opening.ts'
import { seedLong } from './seed-reading.ts'
import { onPageStage } from './stage.ts'
import { watching } from './watch-page.ts'

/** Pixels a frame: a screen of 800 in an eighth of a second. */
const stepPx = 100
const frames = 600

interface Scrolled {
  /** Frames in which a point of the screen that should show a message showed none. */
  blank: number
  frames: number
  scrolledPx: number
}

/** Scrolling up through a long conversation at speed, while older messages come in. */
export async function measureScrolling(): Promise<Figure[]> {
  return onPageStage({}, async (stage) => {
    const id = await seedLong(stage)
    const { page, close } = await stage.open('/main')
    await openByLink(page, id)
    await sleep(1_000)
    let scrolled: Scrolled = { blank: 0, frames: 0, scrolledPx: 0 }
    const watched = await watching(page, async () => {
      scrolled = await page.evaluate(scrollUp, { stepPx, frames })
    })
    const movedPx = await placeHeld(page)
    await close()
    const p99 = watched.p99FrameMs
    return [
      {
        measure: `scroll ${Math.round(scrolled.scrolledPx)} px at ${stepPx} px a frame: p99 frame`,
        unit: 'ms',
        product: p99,
        goal: atMost(p99, 25),
        note: `${watched.dropped} of ${watched.frames} frames dropped, long tasks ${watched.longTasks.length}`,
      },
      {
        measure: '… blank frames',
        unit: '',
        product: scrolled.blank,
        goal: atMost(scrolled.blank, 0),
      },
      {
        measure: '… the reader was moved when older messages arrived by',
        unit: 'px',
        product: movedPx,
        goal: atMost(movedPx, 1),
      },
    ]
  })
}

/** Runs in the page. */
async function scrollUp({ stepPx, frames }: { stepPx: number; frames: number }): Promise<Scrolled> {
  const thread = document.querySelector('main section')!
  const box = thread.getBoundingClientRect()
  const points = [0.15, 0.5, 0.85].map((share) => box.top + box.height * share)
  const centre = box.left + box.width / 2
  const scrolled = { blank: 0, frames: 0, scrolledPx: 0 }
  for (let frame = 0; frame < frames; frame++) {
    await new Promise(requestAnimationFrame)
    const isShown = (y: number) =>
      Boolean(document.elementFromPoint(centre, y)?.closest('[data-index]'))
    if (thread.scrollTop > 0 && !points.every(isShown)) scrolled.blank++
    scrolled.frames++
    const before = thread.scrollTop
    thread.scrollTop = before - stepPx
    scrolled.scrolledPx += before - thread.scrollTop
  }
  return scrolled
}

/**
 * How far a message moved on the screen when older ones were put above it. They are held back for a
 * second, so that they come when nothing else moves.
 */
async function placeHeld(page: Page): Promise<number> {
  await page.route(/\/messages\?.*before=/, async (route) => {
    await sleep(1_000)
    await route.continue()
  })
  return page.evaluate(async () => {
    const thread = document.querySelector('main section')!
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
    await pause(1_500)
    const nearPx = thread.clientHeight * 2
    while (thread.scrollTop > nearPx) {
      thread.scrollTop -= 100
      await new Promise(requestAnimationFrame)
    }
    await pause(300)
    const { top, left, width } = thread.getBoundingClientRect()
    const row = document.elementFromPoint(left + width / 2, top + 200)?.closest('[data-index]')
    const before = row?.getBoundingClientRect().top ?? 0
    const heightBefore = thread.scrollHeight
    for (let waited = 0; waited < 8_000 && thread.scrollHeight === heightBefore; waited += 50) {
      await pause(50)
    }
    await pause(500)
    if (!row?.isConnected || thread.scrollHeight === heightBefore) return Number.NaN
    return Math.abs(row.getBoundingClientRect().top - before)
  })
}
