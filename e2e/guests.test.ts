import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { fillAccount, password } from './account-forms.ts'
import { call, signUp } from './administrator.ts'
import { openBrowser } from './browser.ts'
import { composer, finished, send } from './chat-page.ts'
import { discardProduct, startProduct, type Product } from './product.ts'
import { accessibilityFaults, visit, type Visit } from './visit.ts'

let browser: Browser
let product: Product
let administrator: Visit

beforeAll(async () => {
  ;[browser, product] = await Promise.all([openBrowser(), startProduct()])
  administrator = await visit(browser, product.origin)
  await signUp(administrator.page)
  await call(administrator.page, 'POST', '/api/users', { username: 'member', password })
})

afterAll(async () => {
  await browser?.close()
  await discardProduct(product)
})

const set = (values: Record<string, unknown>) =>
  call(administrator.page, 'PATCH', '/api/settings', { values })
const main = (page: Page) => page.getByRole('main')
const sidebar = (page: Page) => page.getByRole('navigation', { name: 'Conversations' })
const canAsk = (page: Page) => page.getByRole('button', { name: 'Model: demo' }).waitFor()

it('asks visitors to sign in while no model is open to them', async () => {
  const { page, context, errors } = await visit(browser, product.origin)
  await page.goto('/')
  await main(page).getByText('No model is open to visitors without an account.').waitFor()
  expect(await page.getByRole('button', { name: 'Choose a model' }).count()).toBe(0)
  await main(page).getByRole('link', { name: 'Sign in' }).click()
  await page.waitForURL('**/auth/sign-in')
  await page.getByRole('button', { name: 'Go on without an account' }).click()
  await page.waitForURL('**/main')
  expect(errors).toEqual([])
  await context.close()
})

it('lets guests chat, and moves what they said to the account they make', async () => {
  await set({ 'models.access.guest': 'allow', 'accounts.registration': 'open' })
  const { page, context, errors } = await visit(browser, product.origin)
  await page.goto('/')
  await canAsk(page)
  await page.getByText('20 messages left until', { exact: false }).waitFor()
  await page.getByText('kept for 15 days after your last visit', { exact: false }).waitFor()
  await send(page, 'Hello from a guest')
  await finished(page)
  await page.waitForURL('**/main/cnv_*')
  const address = page.url()
  await page.getByText('19 messages left until', { exact: false }).waitFor()

  await page.goto('/main/settings')
  const sections = page.getByRole('navigation', { name: 'Settings' })
  await sections.getByRole('link', { name: 'About' }).waitFor()
  expect(await sections.getByRole('link').allInnerTexts()).toEqual(['Preferences', 'About'])
  await page.getByText('Dark', { exact: true }).click()
  await page.reload()
  await page.getByText('kept in this browser', { exact: false }).waitFor()
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')

  await page.goto(address)
  await sidebar(page).getByRole('link', { name: 'Create account' }).click()
  await page.getByRole('checkbox', { name: 'Keep the conversations I had here' }).waitFor()
  await fillAccount(page, 'newcomer')
  await page.waitForURL(address)
  await sidebar(page).getByRole('link', { name: 'Hello from a guest' }).waitFor()
  await page.getByRole('region', { name: 'Messages' }).getByText('Hello from a guest').waitFor()
  await page.getByText('199 messages left until', { exact: false }).waitFor()
  // What they chose before goes with them.
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
  expect(errors).toEqual([])
  await context.close()
})

it('leaves behind what somebody does not want to keep', async () => {
  const { page, context, errors } = await visit(browser, product.origin)
  await page.goto('/')
  await canAsk(page)
  await send(page, 'Somebody else said this')
  await finished(page)
  await composer(page).fill('and had begun this')
  await sidebar(page).getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('checkbox', { name: 'Keep the conversations I had here' }).uncheck()
  await fillAccount(page, 'member')
  await page.getByText('This conversation does not exist').waitFor()
  await page.goto('/main')
  await page.getByText('No conversations yet').waitFor()
  expect(await composer(page).inputValue()).toBe('')
  expect(errors).toEqual([])
  await context.close()
})

it('leads a guest to sign in when guests are not let in any more, and keeps what was typed', async () => {
  const { page, context } = await visit(browser, product.origin)
  await page.goto('/')
  await canAsk(page)
  await composer(page).fill('half a thought')
  await set({ 'guests.enabled': false })
  await page.waitForURL('**/auth/sign-in')
  await page.getByText('An account is needed here now', { exact: false }).waitFor()
  expect(await page.getByText('Go on without an account').count()).toBe(0)
  await fillAccount(page, 'member')
  await page.waitForURL('**/main')
  await expect.poll(() => composer(page).inputValue()).toBe('half a thought')

  const other = await visit(browser, product.origin)
  await other.page.goto('/main')
  await other.page.waitForURL('**/auth/sign-in')
  await set({ 'guests.enabled': true })
  await other.page.getByText('Go on without an account').waitFor()
  await other.context.close()
  await context.close()
})

it('never makes a guest of somebody who has just signed out', async () => {
  const { page, context, errors } = await visit(browser, product.origin)
  await page.goto('/auth/sign-in')
  await fillAccount(page, 'member')
  await page.waitForURL('**/main')
  await sidebar(page)
    .getByRole('button', { name: /member/ })
    .click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL('**/auth/sign-in')
  await page.goto('/')
  await page.waitForURL('**/auth/sign-in')
  await page.getByRole('button', { name: 'Go on without an account' }).click()
  await page.waitForURL('**/main')
  await sidebar(page).getByRole('link', { name: 'Sign in' }).waitFor()
  await page.reload()
  await canAsk(page)
  expect(errors).toEqual([])
  await context.close()
})

it('offers an account when the messages of a guest are used up, on a phone as well', async () => {
  await set({ 'quota.guest.messagesPerDay': 1 })
  const { page, context, errors } = await visit(browser, product.origin, {
    viewport: { width: 390, height: 844 },
  })
  await page.goto('/')
  await canAsk(page)
  await send(page, 'The only question')
  await finished(page)
  await page.getByText('No messages left until', { exact: false }).waitFor()
  await main(page).getByRole('link', { name: 'Sign in' }).waitFor()
  await page.getByRole('button', { name: 'Guest: options' }).click()
  await page.getByRole('menuitem', { name: 'Create account' }).waitFor()
  await page.keyboard.press('Escape')
  await page.goto('/main')
  await main(page).getByText('Sign in to go on', { exact: false }).waitFor()
  await main(page).getByRole('link', { name: 'Create account' }).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement)
  expect(scrollWidth).toBe(clientWidth)
  expect(errors).toEqual([])
  await context.close()
})
