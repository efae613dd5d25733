import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { readFileSync } from 'node:fs'
import { allowPrivateHosts, call, signUp } from './administrator.ts'
import { openBrowser } from './browser.ts'
import { chooseModel, openModels } from './chat-page.ts'
import { startFakeUpstream, type FakeUpstream } from './fake-upstream.ts'
import { discardProduct, startProduct, type Product } from './product.ts'
import { accessibilityFaults, visit, type Visit } from './visit.ts'

let browser: Browser
let product: Product
let upstream: FakeUpstream
let visitor: Visit

beforeAll(async () => {
  upstream = await startFakeUpstream()
  ;[browser, product] = await Promise.all([openBrowser(), startProduct()])
  visitor = await visit(browser, product.origin, { viewport: { width: 1440, height: 900 } })
  await signUp(visitor.page)
  await allowPrivateHosts(visitor.page)
  await connect(visitor.page, 'openai', ['alpha', 'beta', 'gamma'])
})

afterAll(async () => {
  await browser?.close()
  await upstream?.close()
  await discardProduct(product)
})

async function connect(page: Page, provider: string, modelIds: string[]): Promise<void> {
  const body = { provider, baseUrl: upstream.baseUrl, name: provider, auth: 'none', modelIds }
  await call(page, 'POST', '/api/connections', body)
}

const row = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('button', { name: `Edit ${name}` }) })

async function openSettings(page: Page): Promise<void> {
  await page.goto('/main/settings/models')
  await row(page, 'alpha').waitFor()
}

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Refresh, export and import' }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

async function offered(page: Page): Promise<string[]> {
  await page.goto('/main')
  await openModels(page)
  return page.locator('dialog [data-model-row]').allInnerTexts()
}

/** What is said of every model, as it is stored. */
async function overrides(page: Page): Promise<unknown> {
  const { items } = await call<{ items: unknown }>(page, 'GET', '/api/models/export')
  return items
}

describe('an administrator', () => {
  it('overrides a context window, and sees whose word it is', async () => {
    const { page } = visitor
    await openSettings(page)
    expect(await row(page, 'alpha').innerText()).toMatch(/32,768\s+Default/)
    await page.getByRole('button', { name: 'Edit alpha' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Otherwise: 32,768 tokens (Default)', { exact: false }).waitFor()
    await dialog.getByLabel('Context window', { exact: true }).fill('12')
    await dialog.getByText('A whole number from 256', { exact: false }).waitFor()
    await dialog.getByLabel('Context window', { exact: true }).fill('65,536')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await row(page, 'alpha').getByText('65,536').waitFor()
    expect(await row(page, 'alpha').innerText()).toMatch(/65,536\s+Changed/)
  })

  it('hides a model, and it leaves the selector', async () => {
    const { page } = visitor
    expect((await offered(page)).join()).toContain('gamma')
    await openSettings(page)
    await page.getByRole('button', { name: 'Options for gamma' }).click()
    await page.getByRole('menuitem', { name: 'Hide' }).click()
    await row(page, 'gamma').getByText('Hidden', { exact: true }).waitFor()
    expect((await offered(page)).join()).not.toContain('gamma')
  })

  it('changes two models at once, each only where it was asked to', async () => {
    const { page } = visitor
    await openSettings(page)
    for (const name of ['alpha', 'beta']) {
      await page.getByRole('checkbox', { name: `Select ${name}` }).check()
    }
    await page.getByText('2 selected').waitFor()
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Change 2 models' })
    await dialog.getByLabel('Sees images').selectOption('yes')
    await dialog.getByLabel('Tags', { exact: true }).selectOption('set')
    await dialog.getByLabel('Tags: new value').fill('ours, fast')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    for (const name of ['alpha', 'beta']) await row(page, name).getByText('ours').waitFor()
    expect(await row(page, 'alpha').innerText()).toContain('65,536')
    expect(await row(page, 'gamma').innerText()).not.toContain('ours')
  })

  it('carries it all in a file: exported, reset and imported it is as before', async () => {
    const { page } = visitor
    await openSettings(page)
    const before = await overrides(page)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      choose(page, 'Export to a file'),
    ])
    const file = await download.path()
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ items: before })
    await choose(page, 'Reset everything')
    await page.getByRole('dialog').getByRole('button', { name: 'Reset', exact: true }).click()
    await page.getByText('3 models reset').waitFor()
    expect(await overrides(page)).toEqual([])
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      choose(page, 'Import from a file'),
    ])
    await chooser.setFiles(file)
    await page.getByText('3 models changed, 0 unchanged, 0 without', { exact: false }).waitFor()
    expect(await overrides(page)).toEqual(before)
    await row(page, 'alpha').getByText('65,536').waitFor()
  })

  it('finds a model among five thousand, of which only those in sight are in the page', async () => {
    const { page } = visitor
    for (let part = 0; part < 10; part++) {
      const ids = Array.from({ length: 500 }, (_, index) => `bulk-${part}-${index}`)
      await connect(page, 'openai', ids)
    }
    await openSettings(page)
    await page.getByText('of 5,0', { exact: false }).waitFor()
    expect(await page.getByRole('row').count()).toBeLessThan(60)
    await page.getByRole('searchbox', { name: 'Search by name' }).fill('bulk-7-499')
    await row(page, 'bulk-7-499').waitFor()
    expect(await page.getByRole('row').count()).toBe(2)
    expect(await accessibilityFaults(page)).toEqual([])
  })
})

describe('the form of a connection', () => {
  it('asks for what its kind of provider needs', async () => {
    const { page } = visitor
    await page.goto('/main/settings/connections')
    await page.getByRole('button', { name: 'Add connection' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'Ollama' }).check({ force: true })
    await dialog.getByLabel('Context length').waitFor()
    expect(await dialog.getByLabel('Base URL').inputValue()).toBe('http://localhost:11434')
    expect(await dialog.getByLabel('Signing in').inputValue()).toBe('none')
    expect(await dialog.getByLabel('Service').count()).toBe(0)
    await dialog.getByRole('radio', { name: 'Azure OpenAI' }).check({ force: true })
    await dialog.getByLabel('API version').waitFor()
    await dialog.getByLabel('Deployments').waitFor()
    expect(await dialog.getByLabel('Base URL').inputValue()).toBe('')
    expect(await dialog.getByLabel('Context length').count()).toBe(0)
    expect(await accessibilityFaults(page)).toEqual([])
  })

  it('takes the address that would have worked', async () => {
    const { page } = visitor
    await page.goto('/main/settings/connections')
    await page.getByRole('button', { name: 'Add connection' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Base URL').fill(`${upstream.baseUrl}/chat/completions`)
    await dialog.getByLabel('Signing in').selectOption('none')
    await dialog.getByRole('button', { name: 'Verify' }).click()
    await dialog.getByRole('button', { name: `Use ${upstream.baseUrl}` }).click()
    expect(await dialog.getByLabel('Base URL').inputValue()).toBe(upstream.baseUrl)
    await dialog.getByRole('button', { name: 'Verify' }).click()
    await dialog.getByText('It works: 5 models', { exact: false }).waitFor()
  })
})

it('offers thinking in the words of a model that thinks', async () => {
  const { page, errors } = visitor
  await connect(page, 'ollama', ['deepseek-r1'])
  await page.goto('/main')
  await chooseModel(page, 'deepseek-r1')
  await page.getByRole('button', { name: 'Reasoning: Automatic' }).click()
  const levels = page.getByRole('menuitemradio')
  await levels.first().waitFor()
  expect(await levels.allInnerTexts()).toEqual([
    'Automatic',
    'Off',
    'On',
    'Low',
    'Medium',
    'High',
    'Highest',
  ])
  await page.getByRole('menuitemradio', { name: 'Medium' }).click()
  await page.getByRole('button', { name: 'Reasoning: Medium' }).waitFor()
  expect(errors).toEqual([])
})
