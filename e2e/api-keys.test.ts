import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { password } from './account-forms.ts'
import { call, signedIn, signUp } from './administrator.ts'
import { openBrowser } from './browser.ts'
import { discardProduct, startProduct, type Product } from './product.ts'
import { accessibilityFaults, visit, type Visit } from './visit.ts'

let browser: Browser
let product: Product
let administrator: Visit

beforeAll(async () => {
  ;[browser, product] = await Promise.all([openBrowser(), startProduct()])
  administrator = await visit(browser, product.origin)
  await signUp(administrator.page)
  await call(administrator.page, 'POST', '/api/users', { username: 'ada_1', password })
})

afterAll(async () => {
  await browser?.close()
  await discardProduct(product)
})

const path = '/main/settings/api-keys'
const dialog = (page: Page) => page.getByRole('dialog')
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** What a program that has this key is answered. */
async function statusWith(secret: string): Promise<number> {
  const headers = { authorization: `Bearer ${secret}` }
  return (await fetch(`${product.origin}/v1/models`, { headers })).status
}

async function member(options: Parameters<typeof visit>[2] = {}): Promise<Visit> {
  const seen = await visit(browser, product.origin, options)
  await seen.page.goto('/auth/sign-in')
  await call(seen.page, 'POST', '/api/auth/sign-in', { username: 'ada_1', password })
  return seen
}

it('makes a key, shows it once, and lets its owner change and revoke it', async () => {
  const { page, context, errors } = await member()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(path)
  await page.getByText('No keys yet').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])

  await button(page, 'New key').click()
  await button(page, 'Make the key').click()
  await page.getByText('Give the key a name.').waitFor()
  await page.getByLabel('Name', { exact: true }).fill('Editor')
  await page.getByLabel('Expires').selectOption('90')
  await page.getByText('Only some').click()
  await page.getByLabel('Add a model').fill('writer')
  await page.keyboard.press('Enter')
  await button(page, 'Remove demo-writer').waitFor()
  await page.getByLabel('Embeddings').uncheck()
  await page.getByLabel('Messages a day').fill('200')
  expect(await accessibilityFaults(page)).toEqual([])
  await button(page, 'Make the key').click()

  const shown = page.getByText(/^sk-aichat-[\w-]{43}$/)
  const secret = await shown.innerText()
  expect(await accessibilityFaults(page)).toEqual([])
  // A press of Escape must not lose what is shown only once.
  await page.keyboard.press('Escape')
  await button(page, 'Copy the key').click()
  await button(page, 'Copied').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret)
  await button(page, 'Done').click()
  await dialog(page).waitFor({ state: 'detached' })

  expect(await statusWith(secret)).toBe(200)
  await page.reload()
  await page.getByText('last used', { exact: false }).waitFor()
  await page.getByText('Chat, Responses, List of models · 1 model · 200 messages a day').waitFor()
  await page.getByText(`sk-aichat-…${secret.slice(-4)}`).waitFor()
  expect(await page.content()).not.toContain(secret.slice(10))

  await button(page, 'Actions for Editor').click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Notebook')
  await page.getByText('All I may use').click()
  await button(page, 'Save').click()
  await page.getByText('Chat, Responses, List of models · 200 messages a day').waitFor()

  await button(page, 'Actions for Notebook').click()
  await page.getByRole('menuitem', { name: 'Revoke' }).click()
  await dialog(page).getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('No keys yet').waitFor()
  expect(await statusWith(secret)).toBe(401)
  expect(errors).toEqual([])
  await context.close()
})

it('tells other programs where to go, in three languages', async () => {
  const { page, context, errors } = await member({
    locale: 'zh-CN',
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
  })
  await page.goto(path)
  const code = page.locator('pre')
  for (const [name, start] of [
    ['curl', `curl ${product.origin}/v1/chat/completions`],
    ['Python', `base_url="${product.origin}/v1"`],
    ['TypeScript', `baseURL: "${product.origin}/v1"`],
  ] as const) {
    await page.getByText(name, { exact: true }).first().click()
    await page.getByText(start, { exact: false }).first().waitFor()
    await expect.poll(() => code.innerText()).toMatch(/"?model"?[:=] ?"demo"/)
  }
  expect(await accessibilityFaults(page)).toEqual([])
  const isTooWide = () => document.documentElement.scrollWidth > innerWidth
  expect(await page.evaluate(isTooWide)).toBe(false)
  await button(page, '新建密钥').click()
  await page.getByLabel('名称', { exact: true }).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  expect(errors).toEqual([])
  await context.close()
})

it('leads to a page that describes every request', async () => {
  const { page, context } = await member({ viewport: { width: 390, height: 844 } })
  await page.goto(path)
  const [reference] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: 'API reference' }).click(),
  ])
  const errors: string[] = []
  reference.on('console', (message) => errors.push(message.text()))
  reference.on('pageerror', (error) => errors.push(String(error)))
  await reference.reload()
  expect(new URL(reference.url()).pathname).toBe('/api/docs')
  await reference.getByRole('heading', { name: 'AIChat API' }).waitFor()

  const operation = (name: string) => reference.getByRole('heading', { name, exact: true })
  await reference.getByLabel('Filter').fill('post completions')
  await reference.getByText('1 of ').waitFor()
  await operation('POST /v1/chat/completions').waitFor()
  expect(await operation('GET /v1/models').isVisible()).toBe(false)
  await operation('POST /v1/chat/completions').click()
  await reference.getByText('Needs an API key with the scope chat.').waitFor()
  await reference.getByLabel('Filter').press('Escape')
  await operation('GET /v1/models').waitFor()

  // A link leads to what it names, and opens it.
  await reference.goto('/api/docs#schema-Message')
  const schema = reference.locator('#schema-Message')
  await schema.getByText('conversationId', { exact: true }).waitFor()
  await schema.getByRole('link', { name: 'Part', exact: true }).press('Enter')
  await reference.locator('#schema-Part').getByText('type: text').waitFor()

  const isTooWide = () => document.documentElement.scrollWidth > innerWidth
  const open = (every: number) =>
    reference.evaluate((step) => {
      const all = document.querySelectorAll('details')
      for (const [index, each] of all.entries()) each.open = index % step === 0
    }, every)
  await open(1)
  expect(await reference.evaluate(isTooWide)).toBe(false)
  // What the tools of a test put into the page is refused, as it should be, and told as an error.
  expect(errors).toEqual([])
  // To look at all of them takes long, and they are alike.
  await open(20)
  for (const colorScheme of ['light', 'dark'] as const) {
    await reference.emulateMedia({ colorScheme })
    expect(await accessibilityFaults(reference)).toEqual([])
  }
  await context.close()
})

it('shows administrators everybody’s keys, which they can end', async () => {
  const owner = await member()
  await call(owner.page, 'POST', '/api/api-keys', { name: 'Of Ada' })
  const { page, context, errors } = await signedIn(browser, product.origin)
  await call(page, 'POST', '/api/api-keys', { name: 'Of root' })
  await page.goto('/main/admin/api')
  await page.getByText('Of root').waitFor()
  await page.getByLabel('Owner').fill('ada')
  await page.getByRole('option', { name: 'ada_1' }).click()
  await page.getByText('Of root').waitFor({ state: 'detached' })
  expect(await accessibilityFaults(page)).toEqual([])

  await page.getByRole('link', { name: 'ada_1' }).click()
  const name = dialog(page).getByRole('heading', { name: 'Of Ada', exact: true })
  await name.waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await button(page, 'Revoke Of Ada').click()
  await page.getByText('Whatever ada_1 uses this key for', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Revoke', exact: true }).last().click()
  await name.waitFor({ state: 'detached' })

  await owner.page.goto(path)
  await owner.page.getByText('No keys yet').waitFor()
  expect([...errors, ...owner.errors]).toEqual([])
  await Promise.all([context.close(), owner.context.close()])
})

it('offers no keys to members where only administrators may have them', async () => {
  const settings = { values: { 'api.audience': 'admins' } }
  await call(administrator.page, 'PATCH', '/api/settings', settings)
  const { page, context } = await member()
  await page.goto(path)
  await page.getByText('This page is for administrators.').waitFor()
  expect(await page.getByRole('link', { name: 'API keys' }).count()).toBe(0)
  await administrator.page.goto(path)
  await administrator.page.getByText('Of root').waitFor()
  await context.close()
})
