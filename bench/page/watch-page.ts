import type { CDPSession, Page } from 'playwright-core'

/** What was seen of the main thread between two looks. */
export interface Watched {
  frames: number
  /** Frames of a sixtieth of a second in which nothing could be painted. */
  dropped: number
  p99FrameMs: number
  longTasks: number[]
  /** What the long tasks took beyond the fiftieth of a second each may take. */
  blockingMs: number
  layoutShift: number
}

interface PageWatch {
  start(): void
  stop(): Watched
}

declare global {
  interface Window {
    bench: PageWatch
  }
}

/** Runs in the page before everything else. It may use nothing from outside itself. */
export function watchPage(): void {
  const frameMs = 1_000 / 60
  let gaps: number[] = []
  let longTasks: number[] = []
  let layoutShift = 0
  let isWatching = false
  new PerformanceObserver((list) => {
    longTasks.push(...list.getEntries().map(({ duration }) => Math.round(duration)))
  }).observe({ type: 'longtask', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value?: number })[])
      layoutShift += entry.value ?? 0
  }).observe({ type: 'layout-shift', buffered: true })
  const watchFrames = (last: number) => {
    requestAnimationFrame((now) => {
      if (!isWatching) return
      gaps.push(now - last)
      watchFrames(now)
    })
  }
  window.bench = {
    start() {
      gaps = []
      longTasks = []
      isWatching = true
      requestAnimationFrame(watchFrames)
    },
    stop() {
      isWatching = false
      const sorted = gaps.toSorted((a, b) => a - b)
      return {
        frames: gaps.length,
        dropped: gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / frameMs) - 1), 0),
        p99FrameMs: sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0,
        longTasks,
        blockingMs: longTasks.reduce((sum, duration) => sum + Math.max(0, duration - 50), 0),
        layoutShift,
      }
    },
  }
}

/** What the page's main thread has computed, in milliseconds by the thread's own clock. */
export interface MainThread {
  all: number
  script: number
  style: number
  layout: number
}

export async function mainThread(cdp: CDPSession): Promise<MainThread> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  const ms = (wanted: string) => (metrics.find(({ name }) => name === wanted)?.value ?? 0) * 1_000
  return {
    all: ms('TaskDuration'),
    script: ms('ScriptDuration'),
    style: ms('RecalcStyleDuration'),
    layout: ms('LayoutDuration'),
  }
}

/** What was computed between two looks. */
export function spentBetween(before: MainThread, after: MainThread): MainThread {
  return {
    all: after.all - before.all,
    script: after.script - before.script,
    style: after.style - before.style,
    layout: after.layout - before.layout,
  }
}

/** Watches while `act` goes on. */
export async function watching(page: Page, act: () => Promise<void>): Promise<Watched> {
  await page.evaluate(() => window.bench.start())
  await act()
  return page.evaluate(() => window.bench.stop())
}
