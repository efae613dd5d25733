import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { fillAccount, password } from './account-forms.ts'
import { allowPrivateHosts, call, signUp } from './administrator.ts'
import { openBrowser } from './browser.ts'
import { chooseModel, composer, finished, send } from './chat-page.ts'
import { startFakeUpstream, type FakeUpstream } from './fake-upstream.ts'
import { greyPng } from './grey-png.ts'
import { discardProduct, startProduct, type Product } from './product.ts'
import { accessibilityFaults, visit, type Visit } from './visit.ts'

let browser: Browser
let product: Product
let upstream: FakeUpstream
let administrator: Visit

beforeAll(async () => {
  upstream = await startFakeUpstream()
  ;[browser, product] = await Promise.all([openBrowser(), startProduct()])
  administrator = await visit(browser, product.origin)
  const { page } = administrator
  await signUp(page)
  await allowPrivateHosts(page)
  const modelIds = ['pace:40:100', 'tokens:5', 'reason:5']
  const connection = { provider: 'openai', baseUrl: upstream.baseUrl, auth: 'none', modelIds }
  await call(page, 'POST', '/api/connections', connection)
})

afterAll(async () => {
  await browser?.close()
  await upstream?.close()
  await discardProduct(product)
})

const set = (values: Record<string, unknown>) =>
  call(administrator.page, 'PATCH', '/api/settings', { values })
const dialog = (page: Page) => page.getByRole('dialog')

/** Somebody with an account of their own, signed in in a browser of their own. */
async function member(username: string, options: Parameters<typeof visit>[2] = {}) {
  const { id } = await call<{ id: string }>(administrator.page, 'POST', '/api/users', {
    username,
    password,
  })
  const seen = await visit(browser, product.origin, options)
  await seen.page.goto('/auth/sign-in')
  await fillAccount(seen.page, username)
  await seen.page.waitForURL('**/main')
  return { ...seen, id }
}

it('cuts a picture to a square that stands for the account, and takes it away again', async () => {
  const { page, context, errors } = await member('painter', {
    viewport: { width: 390, height: 844 },
  })
  await page.goto('/main/settings/profile')
  await page.getByText('200 messages sent', { exact: false }).waitFor()
  const input = page.locator('input[type=file]')
  await input.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('text') })
  await page.getByText('This is no picture the page can read', { exact: false }).waitFor()

  await input.setInputFiles(greyPng('wide', 40, 1_600, 900))
  const part = dialog(page).getByRole('application')
  await part.press('ArrowRight')
  await part.press('+')
  const zoom = dialog(page).getByRole('slider', { name: 'Zoom' })
  expect(await zoom.getAttribute('aria-valuetext')).toBe('115 %')
  await part.hover()
  await page.mouse.wheel(0, -200)
  await expect.poll(() => zoom.getAttribute('aria-valuetext')).toBe('190 %')
  expect(await accessibilityFaults(page)).toEqual([])
  await dialog(page).getByRole('button', { name: 'Use this part' }).click()
  const picture = page.getByRole('main').locator('img[src*="/avatar?v="]')
  await picture.waitFor()
  const size = await picture.evaluate(async (image: HTMLImageElement) => {
    await image.decode()
    return [image.naturalWidth, image.naturalHeight]
  })
  // 900 px are closer than 512 by then.
  expect(size).toEqual([475, 475])
  await page.getByRole('button', { name: 'Remove' }).click()
  await picture.waitFor({ state: 'detached' })
  expect(errors).toEqual([])
  await context.close()
})

/** Gives the brand a wide logo, an icon and a picture of answers. */
async function chooseImages(page: Page): Promise<void> {
  await page.goto('/main/admin/general')
  const inputs = page.locator('input[type=file]')
  const isStored = (count: number) =>
    expect.poll(() => page.getByRole('button', { name: 'Choose another' }).count()).toBe(count)
  await inputs.nth(0).setInputFiles(greyPng('logo', 60, 300, 100))
  await isStored(1)
  for (const index of [1, 2]) {
    await inputs.nth(index).setInputFiles(greyPng('image', 60 + index, 200, 300))
    await dialog(page).getByRole('button', { name: 'Use this part' }).click()
    await isStored(index + 1)
  }
  await page.getByRole('button', { name: 'Remove: Icon' }).waitFor()
}

it('greets, warns and opens reasoning as the installation has it', async () => {
  const { page, context, errors } = await member('greeted')
  const reasoning = page.getByText('r0 r1 r2')
  await chooseModel(page, 'reason:5')
  await send(page, 'folded at first')
  await finished(page)
  expect(await reasoning.count()).toBe(0)
  await set({
    'brand.welcome': 'Ahoy there',
    'brand.disclaimer': 'Ask twice.',
    'reasoning.expand': true,
  })
  await page.reload()
  await reasoning.waitFor()
  await page.goto('/main')
  await page.getByRole('heading', { name: 'Ahoy there' }).waitFor()
  await page.getByText('Ask twice.').waitFor()
  // Whoever has chosen no language gets the installation's, whatever the browser asks for.
  await set({ 'brand.language': 'zh-CN' })
  await page.waitForFunction(() => document.documentElement.lang === 'zh-CN')
  await set({
    'brand.welcome': '',
    'brand.disclaimer': '',
    'brand.language': 'auto',
    'reasoning.expand': false,
  })
  expect(errors).toEqual([])
  await context.close()
})

it('shows a new name, colour and picture of the brand everywhere, without a reload', async () => {
  const { page, context, errors } = await member('watcher')
  await chooseModel(page, 'tokens:5')
  await send(page, 'a question before')
  await finished(page)
  const outside = await visit(browser, product.origin)
  await outside.page.goto('/auth/sign-in')
  await outside.page.getByText('AIChat').waitFor()

  await set({ 'brand.name': 'Harbour', 'brand.accentColor': '#0f766e', 'brand.theme': 'dark' })
  await chooseImages(administrator.page)
  const within = { timeout: 10_000 }
  await page.getByRole('navigation').getByText('Harbour').waitFor(within)
  await page.locator('article img[src*="assistant-avatar"]').waitFor(within)
  await outside.page.getByText('Harbour').waitFor(within)
  const logo = outside.page.locator('main img[src*="/logo"]')
  await logo.waitFor(within)
  expect(await logo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(300)
  for (const seen of [page, outside.page]) {
    expect(await seen.title()).toContain('Harbour')
    expect(await seen.locator('html').getAttribute('data-theme')).toBe('dark')
    expect(await seen.locator('link[rel=icon]').getAttribute('href')).toContain('/favicon')
  }
  await set({ 'brand.name': 'AIChat', 'brand.theme': 'system' })
  expect([...errors, ...outside.errors]).toEqual([])
  await outside.context.close()
  await context.close()
})

it('asks to sign in again over the page, and goes on with what was typed and being written', async () => {
  const { page, context, id } = await member('sleeper')
  await chooseModel(page, 'pace:40:100')
  await send(page, 'a story that goes on')
  await page.getByText('t0 t1 t2', { exact: false }).first().waitFor()
  await page.waitForURL('**/main/cnv_*')
  const address = page.url()
  await composer(page).fill('not sent yet')
  await call(administrator.page, 'POST', `/api/users/${id}/sign-out`)
  await dialog(page).getByText('You were signed out').waitFor()
  // Another tab must not turn into a guest's either.
  const other = await context.newPage()
  await other.goto('/main')
  await other.waitForURL('**/auth/sign-in')
  await other.close()
  await dialog(page).getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await dialog(page).waitFor({ state: 'detached' })
  expect(page.url()).toBe(address)
  expect(await composer(page).inputValue()).toBe('not sent yet')
  await page.getByText('t99', { exact: false }).first().waitFor()
  expect(upstream.log.about('a story that goes on')).toHaveLength(1)
  await context.close()
})

it('tells whoever waits for approval how things stand, and lets them in at one press', async () => {
  const { page, context } = await visit(browser, product.origin)
  await page.goto('/auth/sign-up')
  await page.getByText('An administrator approves new accounts', { exact: false }).waitFor()
  await fillAccount(page, 'hopeful')
  const check = page.getByRole('button', { name: 'Check again' })
  await check.click()
  await page.getByText('Not approved yet at', { exact: false }).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  const { items } = await call<{ items: { id: string }[] }>(
    administrator.page,
    'GET',
    '/api/users?search=hopeful',
  )
  const decide = (what: string, body?: object) =>
    call(administrator.page, 'POST', `/api/users/${items[0]?.id}/${what}`, body)
  await decide('reject', { reason: 'Who are you?' })
  await check.click()
  await page.getByText('Reason: Who are you?').waitFor()
  await decide('approve')
  await check.click()
  await page.waitForURL('**/main')

  await set({ 'accounts.registration': 'closed' })
  const late = await visit(browser, product.origin)
  await late.page.goto('/auth/sign-up')
  await late.page.getByText('New accounts are not accepted here.').waitFor()
  await late.context.close()
  await context.close()
})

it('hands over all conversations, and deletes them and the account when asked', async () => {
  const { page, context, errors } = await member('leaver')
  await chooseModel(page, 'tokens:5')
  await send(page, 'words to take along')
  await finished(page)
  await page.goto('/main/settings/data')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ])
  const content = await file.createReadStream().then(async (stream) => {
    const pieces: Buffer[] = []
    for await (const piece of stream) pieces.push(piece as Buffer)
    return Buffer.concat(pieces).toString()
  })
  expect(content).toContain('words to take along')
  expect(file.suggestedFilename()).toMatch(/^conversations-\d{4}-\d\d-\d\d\.json$/)

  await page.getByRole('button', { name: 'Delete conversations' }).click()
  const confirm = dialog(page).getByRole('button', { name: 'Delete conversations' })
  expect(await confirm.isDisabled()).toBe(true)
  await dialog(page).getByLabel('Type leaver to confirm').fill('leaver')
  await confirm.click()
  await page.getByText('No conversations yet').waitFor()

  await page.getByRole('button', { name: 'Delete account' }).click()
  await dialog(page).getByLabel('Password', { exact: true }).fill('wrong horse 1')
  await page.keyboard.press('Enter')
  await dialog(page).getByText('This is not your current password.').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await dialog(page).getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/auth/sign-in')
  await fillAccount(page, 'leaver')
  await page.getByText(/username or password/i).waitFor()
  expect(errors).toEqual([])
  await context.close()
})

it('does not let the only administrator go', async () => {
  const { page } = administrator
  await page.goto('/main/settings/data')
  await page.getByRole('button', { name: 'Delete account' }).click()
  await dialog(page).getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await dialog(page).getByText('You are the only administrator', { exact: false }).waitFor()
  expect(await call<{ actor: unknown }>(page, 'GET', '/api/me')).toMatchObject({
    actor: { role: 'admin' },
  })
})
