import type { Page } from 'playwright-core'
import { newestText } from './seed-reading.ts'

export interface Opening {
  /** From the last byte of the conversation's data to the paint of its newest message. */
  afterDataMs: number
  nodes: number
}

/** Goes to a conversation by its link in the sidebar and waits until its newest message is there. */
export async function openByLink(page: Page, id: string): Promise<Opening> {
  await page.evaluate(() => performance.clearResourceTimings())
  const paintedAt = page.evaluate(newestPaintedAt, newestText)
  await page.locator(`a[href="/main/${id}"]`).click()
  return opening(page, await paintedAt, id)
}

export async function opening(page: Page, paintedAt: number, id: string): Promise<Opening> {
  return page.evaluate(
    ({ paintedAt, id }) => {
      const data = performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes(`/api/conversations/${id}`))
        .map((entry) => (entry as PerformanceResourceTiming).responseEnd)
        .filter((at) => at <= paintedAt)
      const nodes = document.querySelectorAll(
        'main section [data-index], main section [data-index] *',
      )
      return { afterDataMs: paintedAt - Math.max(...data), nodes: nodes.length }
    },
    { paintedAt, id },
  )
}

/** Runs in the page: settles once the last row shows `text` and has been painted. */
export function newestPaintedAt(text: string): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      const rows = document.querySelectorAll('main section [data-index]')
      const isThere = Array.from(rows).some((row) => row.textContent?.includes(text))
      if (!isThere) return void requestAnimationFrame(look)
      const channel = new MessageChannel()
      channel.port1.addEventListener('message', () => resolve(performance.now()))
      channel.port1.start()
      requestAnimationFrame(() => channel.port2.postMessage(null))
    }
    look()
  })
}
