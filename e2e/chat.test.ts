import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { allowPrivateHosts, call, signedIn, signUp } from './administrator.ts'
import { openBrowser } from './browser.ts'
import { chooseModel, composer, finished, send, stop } from './chat-page.ts'
import { accessibilityFaults, visit } from './visit.ts'
import { startFakeUpstream, type FakeUpstream } from './fake-upstream.ts'
import { discardProduct, startProduct, type Product } from './product.ts'

let browser: Browser
let product: Product
let upstream: FakeUpstream

beforeAll(async () => {
  upstream = await startFakeUpstream()
  ;[browser, product] = await Promise.all([openBrowser(), startProduct()])
})

afterAll(async () => {
  await browser?.close()
  await upstream?.close()
  await discardProduct(product)
})

const thread = (page: Page) => page.getByRole('main')

describe('a newcomer', () => {
  it('sets the installation up and gets an answer from the demo model without any key', async () => {
    const { page, errors, context } = await visit(browser, product.origin)
    await signUp(page)
    await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor()
    await send(page, 'Hello there')
    await page.getByText('This is the demo model', { exact: false }).first().waitFor()
    await finished(page)
    await page.waitForURL('**/main/cnv_*')
    expect(await page.title()).toContain('Hello there')
    expect(errors).toEqual([])
    await context.close()
  })

  it('connects a provider, verifies it and chats with one of its models', async () => {
    const { page, context, errors } = await signedIn(browser, product.origin)
    await allowPrivateHosts(page)
    await page.goto('/main/admin/connections')
    await page.getByRole('button', { name: 'Add connection' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Base URL', { exact: false }).first().fill(upstream.baseUrl)
    await dialog.getByLabel('API key', { exact: false }).first().fill('sk-test-1234567890')
    await dialog.getByRole('button', { name: 'Verify' }).click()
    await dialog
      .getByText(/models/)
      .first()
      .waitFor()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.goto('/main')
    await chooseModel(page, 'echo')
    await send(page, 'echo of a question')
    await finished(page)
    expect(await thread(page).getByText('echo of a question').count()).toBeGreaterThanOrEqual(2)
    expect(upstream.log.about('echo of a question')).toHaveLength(1)
    expect(upstream.log.calls.at(-1)?.authorization).toBe('Bearer sk-test-1234567890')
    expect(errors).toEqual([])
    await context.close()
  })
})

describe('an answer belongs to the server', () => {
  it('goes on through a reload, is seen live by a second browser, and is stopped by it', async () => {
    const first = await signedIn(browser, product.origin)
    await addScripts(first.page, ['pace:100:300'])
    await first.page.goto('/main')
    await chooseModel(first.page, 'pace:100:300')
    await send(first.page, 'a long story')
    await first.page.getByText('t0 t1 t2', { exact: false }).first().waitFor()
    await first.page.waitForURL('**/main/cnv_*')
    const second = await signedIn(browser, product.origin)
    await second.page.goto(first.page.url())
    await second.page.getByText('t0 t1 t2', { exact: false }).first().waitFor()
    await first.page.reload()
    await first.page.getByText('t0 t1 t2', { exact: false }).first().waitFor()
    await stop(second.page).click()
    await first.page.getByText('Stopped.').waitFor()
    await second.page.getByText('Stopped.').waitFor()
    // What has arrived is painted within a moment, not at once.
    await expect
      .poll(async () => {
        const [here, there] = await Promise.all([first, second].map(({ page }) => storyOn(page)))
        return here !== '' && here === there
      })
      .toBe(true)
    expect(upstream.log.about('a long story')).toHaveLength(1)
    expect([...first.errors, ...second.errors]).toEqual([])
    await first.context.close()
    await second.context.close()
  })

  it('goes on with no page open at all, and is whole when somebody comes back', async () => {
    const { page, context } = await signedIn(browser, product.origin)
    await addScripts(page, ['pace:40:60'])
    await page.goto('/main')
    await chooseModel(page, 'pace:40:60')
    await send(page, 'nobody watches')
    await page.waitForURL('**/main/cnv_*')
    const address = page.url()
    await page.close()
    const again = await context.newPage()
    await new Promise((resolve) => setTimeout(resolve, 3_500))
    await again.goto(address)
    await again.getByText('t59', { exact: false }).first().waitFor()
    await finished(again)
    expect(upstream.log.about('nobody watches')).toMatchObject([{ outcome: 'completed' }])
    await context.close()
  })

  it('keeps what was written when a send is refused, with the problem in words', async () => {
    const { page, context } = await signedIn(browser, product.origin)
    await addScripts(page, ['tokens:5'])
    await page.goto('/main')
    await chooseModel(page, 'tokens:5')
    const { items } = await call<{ items: { id: string; modelIds: string[] }[] }>(
      page,
      'GET',
      '/api/connections?limit=100',
    )
    const mine = items.filter(({ modelIds }) => modelIds.includes('tokens:5'))
    for (const { id } of mine) await call(page, 'DELETE', `/api/connections/${id}`)
    await send(page, 'this must not be lost')
    await page.getByText('not available any more', { exact: false }).first().waitFor()
    expect(await composer(page).inputValue()).toBe('this must not be lost')
    await context.close()
  })
})

/** The story as a page shows it. */
function storyOn(page: Page): Promise<string> {
  return page.getByText('t0 t1 t2', { exact: false }).last().innerText()
}

describe('branches', () => {
  it('are made by trying again and by editing, and turned with arrows', async () => {
    const { page, context, errors } = await signedIn(browser, product.origin)
    await page.goto('/main')
    await chooseModel(page, 'echo')
    await send(page, 'first version')
    await finished(page)
    await page.getByRole('button', { name: 'Try again', exact: true }).last().click()
    await page.getByText('2/2').first().waitFor()
    await finished(page)
    await page.getByRole('button', { name: 'Previous version' }).first().click()
    await page.getByText('1/2').first().waitFor()
    await page.getByText('first version').first().hover()
    await page.getByRole('button', { name: 'Edit' }).first().click()
    const editor = page.getByRole('textbox', { name: 'The message, to be sent anew' })
    await editor.fill('second version')
    await page.getByRole('button', { name: 'Send', exact: true }).first().click()
    await page.getByText('second version').nth(1).waitFor()
    await finished(page)
    await page.getByRole('button', { name: 'Previous version' }).first().click()
    await page.getByText('first version').first().waitFor()
    expect(errors).toEqual([])
    await context.close()
  })
})

describe('the details of a conversation', () => {
  it('keep its instructions from the first message on, beside it and over it', async () => {
    const { page, context, errors } = await signedIn(browser, product.origin)
    await chooseModel(page, 'echo')
    await page.keyboard.press('Control+.')
    const instructions = page.getByRole('textbox', { name: 'Instructions for this conversation' })
    await instructions.fill('Answer in rhyme.')
    await send(page, 'a question under instructions')
    await finished(page)
    const [asked] = upstream.log.about('a question under instructions')
    expect(JSON.stringify(asked?.messages)).toContain('Answer in rhyme.')

    await instructions.fill('Answer in prose.')
    await page.getByRole('complementary').getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.', { exact: false }).waitFor()
    await page.setViewportSize({ width: 390, height: 800 })
    await page.reload()
    await page.getByRole('button', { name: 'Details' }).click()
    expect(await instructions.inputValue()).toBe('Answer in prose.')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(errors).toEqual([])
    await context.close()
  })
})

describe('every page', () => {
  it.each([
    ['en-US', 'light', 1280],
    ['zh-CN', 'dark', 390],
  ] as const)(
    'has nothing that axe finds serious and does not scroll sideways (%s, %s, %i px)',
    async (locale, colorScheme, width) => {
      const viewport = { width, height: 800 }
      const { page, context } = await signedIn(browser, product.origin, {
        locale,
        colorScheme,
        viewport,
      })
      const personal = ['profile', 'preferences', 'security', 'data', 'about'].map(
        (id) => `settings/${id}`,
      )
      const shared = ['connections', 'models', 'users'].map((id) => `admin/${id}`)
      const faults: string[] = []
      const look = async (path: string) => {
        await page.goto(path)
        await page.getByRole('heading').first().waitFor()
        const found = await accessibilityFaults(page)
        const { scrollWidth, clientWidth } = await page.evaluate(() => ({
          scrollWidth: document.documentElement.scrollWidth,
          clientWidth: document.documentElement.clientWidth,
        }))
        if (scrollWidth > clientWidth) found.push('it scrolls sideways')
        faults.push(...found.map((fault) => `${path}: ${fault}`))
      }
      for (const section of [...personal, ...shared]) await look(`/main/${section}`)
      await look('/main')
      await look(await newestConversation(page))
      await context.clearCookies()
      for (const path of ['/auth/sign-in', '/auth/sign-up']) await look(path)
      expect(faults).toEqual([])
      await context.close()
    },
  )
})

async function newestConversation(page: Page): Promise<string> {
  const { items } = await call<{ items: { id: string }[] }>(page, 'GET', '/api/conversations')
  return `/main/${items[0]?.id}`
}

/** Connects models of the fake upstream whose names are scripts, in the name of who is signed in. */
async function addScripts(page: Page, modelIds: string[]): Promise<void> {
  const connection = { provider: 'openai', baseUrl: upstream.baseUrl, auth: 'none', modelIds }
  await call(page, 'POST', '/api/connections', connection)
}
