import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'

export interface Visit {
  page: Page
  context: BrowserContext
  /** Errors the page threw or logged; a test that expects none looks at the end. */
  errors: string[]
}

/** A browser of its own with one page, which speaks English unless told otherwise. */
export async function visit(
  browser: Browser,
  origin: string,
  options: {
    locale?: string
    colorScheme?: 'light' | 'dark'
    viewport?: { width: number; height: number }
  } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: origin,
    locale: 'en-US',
    viewport: { width: 1280, height: 800 },
    ...options,
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    // A refused request is logged by the browser itself; the page shows it in words.
    const isRefusal = /Failed to load resource/.test(message.text())
    if (message.type() === 'error' && !isRefusal) errors.push(message.text())
  })
  return { page, context, errors }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds serious or critical on a page as it stands, as sentences. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // Colours are judged as they are at rest, not in the middle of a transition.
  await page
    .addStyleTag({ content: '*{transition:none!important;animation:none!important}' })
    .catch(() => {})
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const runner = (
      globalThis as unknown as {
        axe: {
          run(): Promise<{
            violations: { id: string; impact: string; help: string; nodes: { html: string }[] }[]
          }>
        }
      }
    ).axe
    const { violations } = await runner.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, help, nodes }) =>
          `${id}: ${help} (${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')})`,
      )
  })
}
