import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { atMost, type Figure } from '../figures.ts'
import { quantile } from '../samples.ts'
import { onPageStage, type Opened, type PageStage } from './stage.ts'
import { mainThread, spentBetween, watching, type MainThread, type Watched } from './watch-page.ts'

interface Streamed extends Watched {
  spent: MainThread
  seconds: number
}

const typedMs = 60

/**
 * An answer of 20,000 tokens with code, tables and formulas, from the upstream to the screen. The
 * upstream speaks sixty times a second; once each of these reaches the page, and once they are
 * merged as the settings have it.
 */
export async function measureStreaming(): Promise<Figure[]> {
  const each = await onPageStage({ 'stream.coalesceMs': 0 }, async (stage) => ({
    once: await stream(stage, 1),
    slow: await stream(stage, 4),
    keyMs: await typeWhileStreaming(stage),
  }))
  const merged = await onPageStage({}, async (stage) => ({
    once: await stream(stage, 1),
    slow: await stream(stage, 4),
  }))
  const p95 = quantile(each.keyMs, 0.95)
  return [
    ...streamFigures('20,000 tokens at 60 updates a second', each.once, each.slow, true),
    ...streamFigures('20,000 tokens, merged by the server', merged.once, merged.slow, false),
    {
      measure: 'key press to paint while it streams, p95',
      unit: 'ms',
      product: p95,
      goal: atMost(p95, 32),
      note: `${each.keyMs.length} keys`,
    },
  ]
}

function streamFigures(name: string, once: Streamed, slow: Streamed, hasGoal: boolean): Figure[] {
  const dropped = [once.dropped, slow.dropped]
  const longTasks = [once.longTasks.length, slow.longTasks.length]
  return [
    {
      measure: `${name}: main thread, 1×`,
      unit: 'ms',
      product: once.spent.all,
      ...(hasGoal && { goal: atMost(once.spent.all, 1_400) }),
      note:
        `finished after ${once.seconds.toFixed(1)} s, at 4× after ${slow.seconds.toFixed(1)} s, ` +
        `8.3 is ideal; ${partsOf(once.spent)}`,
    },
    {
      measure: '… dropped frames, 1× / 4×',
      unit: '',
      product: dropped,
      ...(hasGoal && { goal: atMost(dropped, [5, 40]) }),
    },
    {
      measure: '… long tasks, 1× / 4×',
      unit: '',
      product: longTasks,
      ...(hasGoal && { goal: atMost(longTasks, [0, 0]) }),
      note: `${once.longTasks.join(', ') || '–'} / ${slow.longTasks.join(', ') || '–'} ms`,
    },
  ]
}

function partsOf({ script, style, layout }: MainThread): string {
  const [scriptMs, styleMs, layoutMs] = [script, style, layout].map(Math.round)
  return `script ${scriptMs}, style ${styleMs}, layout ${layoutMs} ms`
}

async function stream(stage: PageStage, slowdown: number): Promise<Streamed> {
  const opened = await openReady(stage, slowdown)
  const { page, cdp } = opened
  const before = await mainThread(cdp)
  const startedAt = performance.now()
  let seconds = 0
  const watched = await watching(page, async () => {
    await send(page)
    await finished(page)
    seconds = (performance.now() - startedAt) / 1_000
    await sleep(1_000)
  })
  const spent = spentBetween(before, await mainThread(cdp))
  await opened.close()
  return { ...watched, spent, seconds }
}

async function typeWhileStreaming(stage: PageStage): Promise<number[]> {
  const opened = await openReady(stage, 1)
  const { page } = opened
  await page.evaluate(watchKeys)
  await send(page)
  await sleep(1_500)
  for (let at = 0; at < 6_000; at += typedMs) {
    await page.keyboard.press('abcdefghij'[(at / typedMs) % 10]!)
    await sleep(typedMs)
  }
  const times = await page.evaluate(() => (window as unknown as { keyTimes: number[] }).keyTimes)
  await opened.close()
  return times
}

/** Runs in the page: notes how long each key took from the press to the paint after it. */
function watchKeys(): void {
  const keyTimes: number[] = []
  Object.assign(window, { keyTimes })
  const channel = new MessageChannel()
  const pressedAt: number[] = []
  channel.port1.addEventListener('message', () => {
    const at = pressedAt.shift()
    if (at !== undefined) keyTimes.push(performance.now() - at)
  })
  channel.port1.start()
  addEventListener(
    'keydown',
    ({ key, timeStamp }) => {
      if (key.length > 1) return
      pressedAt.push(timeStamp)
      requestAnimationFrame(() => channel.port2.postMessage(null))
    },
    { capture: true },
  )
}

async function openReady(stage: PageStage, slowdown: number): Promise<Opened> {
  const opened = await stage.open('/main', slowdown)
  await opened.page.getByRole('textbox', { name: 'Message', exact: true }).waitFor()
  await opened.page.getByRole('button', { name: /^Model: / }).waitFor()
  await sleep(1_000)
  return opened
}

async function send(page: Page): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Message', exact: true })
  await field.fill('Tell me about search trees')
  await field.press('Enter')
}

/**
 * A reply that has ended is not busy any more. Asked a few times a second and by an attribute: a
 * locator looks through all text of the page at every frame, which is then measured with the rest.
 */
async function finished(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('article[aria-busy="false"]') !== null &&
      document.querySelector('article[aria-busy="true"]') === null,
    null,
    { timeout: 90_000, polling: 200 },
  )
}
