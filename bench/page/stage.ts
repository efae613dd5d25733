import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { openBrowser } from '../../e2e/browser.ts'
import { startRuntime, type Runtime } from '../../e2e/runtime/runtime.ts'
import { Visitor } from '../../e2e/runtime/visitor.ts'
import { productScript } from '../server/stage.ts'
import { answerModel, startAnswerUpstream } from './answer-upstream.ts'
import { startFront, type Served } from './front.ts'
import { watchPage } from './watch-page.ts'

/** The built page in front of the real Worker, and somebody who has signed in. */
export interface PageStage {
  runtime: Runtime
  ownerId: string
  /** What the browser has asked for so far. */
  served: Served[]
  /** A new page in a browser without anything cached; `slowdown` divides its processor. */
  open(path: string, slowdown?: number): Promise<Opened>
}

export interface Opened {
  page: Page
  cdp: CDPSession
  close(): Promise<void>
}

export async function onPageStage<T>(
  settings: Record<string, unknown>,
  act: (stage: PageStage) => Promise<T>,
): Promise<T> {
  const build = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
  if (build.status !== 0) throw new Error('The page could not be built.')
  const folder = mkdtempSync(join(tmpdir(), 'aichat-bench-page-'))
  const upstream = await startAnswerUpstream()
  const runtime = await startRuntime({ script: productScript(), folder })
  const front = await startFront('web/dist', runtime.origin)
  const browser = await openBrowser()
  try {
    const visitor = new Visitor(front.origin)
    await visitor.signUp('reader')
    await visitor.connect(upstream.baseUrl, [answerModel], settings)
    const { actor } = await visitor.json<{ actor: { id: string } }>('/api/me')
    const open: PageStage['open'] = (path, slowdown = 1) =>
      openPage(browser, visitor, `${front.origin}${path}`, slowdown)
    return await act({ served: front.served, runtime, ownerId: actor.id, open })
  } finally {
    await browser.close()
    front.stop()
    await runtime.stop()
    upstream.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function openPage(
  browser: Browser,
  visitor: Visitor,
  url: string,
  slowdown: number,
): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
  })
  const [name = '', value = ''] = visitor.cookie.split('=')
  await context.addCookies([{ name, value, url: new URL(url).origin }])
  const page = await context.newPage()
  await page.addInitScript(watchPage)
  const cdp = await context.newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await page.goto(url)
  return { page, cdp, close: () => context.close() }
}
