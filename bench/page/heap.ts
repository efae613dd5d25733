import { setTimeout as sleep } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright-core'
import { atMost, type Figure } from '../figures.ts'
import { openByLink } from './opening.ts'
import { seedShort } from './seed-reading.ts'
import { onPageStage } from './stage.ts'

const goalAfter = 10
/** Caches that are bounded are full by then. */
const conversations = 25

/** Whether what a conversation takes is given back when another is opened. */
export async function measureHeap(): Promise<Figure[]> {
  return onPageStage({}, async (stage) => {
    const ids = await seedShort(stage, conversations)
    const { page, cdp, close } = await stage.open('/main')
    const [first = '', ...others] = ids
    await openAndLeave(page, first)
    const once = await heapMb(cdp)
    // The browser compiles more of the page the more it runs, whatever is opened.
    for (let opened = 0; opened < goalAfter; opened++) await openAndLeave(page, first)
    const before = await heapMb(cdp)
    for (const id of others.slice(0, goalAfter)) await openAndLeave(page, id)
    const after = await heapMb(cdp)
    for (const id of others.slice(goalAfter)) await openAndLeave(page, id)
    const later = await heapMb(cdp)
    await close()
    const growth = (after / before - 1) * 100
    return [
      {
        measure: `heap after ${goalAfter} conversations more, beyond the first opened as often`,
        unit: '%',
        product: growth,
        goal: atMost(growth, 10),
        note:
          `${once.toFixed(1)} MB opened once, ${before.toFixed(1)} MB, then ${after.toFixed(1)} MB, ` +
          `${later.toFixed(1)} MB after ${others.length}`,
      },
    ]
  })
}

async function openAndLeave(page: Page, id: string): Promise<void> {
  await openByLink(page, id)
  await sleep(300)
  await page.locator('a[href="/main"]').first().click()
  await page.waitForURL('**/main')
  await sleep(300)
}

async function heapMb(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.enable')
  for (let round = 0; round < 3; round++) await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  return usedSize / 2 ** 20
}
