import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { call, signedIn, signUp } from './administrator.ts'
import { openBrowser } from './browser.ts'
import { discardProduct, startProduct, type Product } from './product.ts'
import { accessibilityFaults, visit, type Visit } from './visit.ts'

let browser: Browser
let product: Product
let seen: Visit

beforeAll(async () => {
  ;[browser, product] = await Promise.all([openBrowser(), startProduct()])
  seen = await visit(browser, product.origin)
  await signUp(seen.page)
})

afterAll(async () => {
  await browser?.close()
  await discardProduct(product)
})

async function open(page: Page, section: string): Promise<void> {
  await page.goto(`/main/admin/${section}`)
  await content(page).getByRole('heading', { level: 2 }).first().waitFor()
}
const content = (page: Page) => page.getByRole('region').first()
const sections = (page: Page) => page.getByRole('navigation', { name: 'Settings' })
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function save(page: Page): Promise<void> {
  await button(page, 'Save').click()
  await page.getByText('Saved', { exact: true }).first().waitFor()
  await button(page, 'Save').waitFor({ state: 'detached' })
}

async function valueOf(page: Page, key: string): Promise<unknown> {
  const { values } = await call<{ values: Record<string, unknown> }>(page, 'GET', '/api/settings')
  return values[key]
}

describe('a setting', () => {
  it('acts at once, here and where others look, without a reload', async () => {
    const { page, errors } = seen
    const other = await visit(browser, product.origin)
    await other.page.goto('/auth/sign-in')
    await open(page, 'general')
    await field(page, 'Name').fill('Lighthouse')
    await field(page, 'Accent colour').fill('#b45309')
    await page.getByText('As chosen in both themes.').waitFor()
    await save(page)
    await page
      .getByRole('complementary')
      .or(page.locator('body'))
      .getByText('Lighthouse')
      .first()
      .waitFor()
    await page.waitForFunction(() => document.title.includes('Lighthouse'))
    await other.page.reload()
    await other.page.getByText('Lighthouse').first().waitFor()
    await other.context.close()
    expect(errors).toEqual([])
  })

  it('keeps what does not fit, says why, and is not sent', async () => {
    const { page } = seen
    await open(page, 'quota')
    await field(page, 'Messages of a user').fill('1000000')
    await page.getByText('A whole number from 0 to 100,000.').waitFor()
    await button(page, 'Save').click()
    await page.waitForFunction(() =>
      document.activeElement?.closest('[id="quota.user.messagesPerDay"]'),
    )
    expect(await field(page, 'Messages of a user').inputValue()).toBe('1000000')
    expect(await valueOf(page, 'quota.user.messagesPerDay')).toBe(200)
    await button(page, 'Revert').click()
    expect(await field(page, 'Messages of a user').inputValue()).toBe('200')
  })

  it('shows at the field what only the server can know', async () => {
    const { page } = seen
    await open(page, 'network')
    await field(page, 'Longest time for an answer').fill('60')
    await button(page, 'Save').click()
    await page.getByText('This must not be more than “Longest time for an answer”.').waitFor()
    expect(await field(page, 'Longest time for an answer').inputValue()).toBe('60')
    await field(page, 'Silence within an answer').fill('30')
    await save(page)
    expect(await valueOf(page, 'provider.timeoutMs')).toBe(60_000)
  })

  it('returns to its default', async () => {
    const { page } = seen
    await open(page, 'network')
    for (const name of ['Silence within an answer', 'Longest time for an answer']) {
      await button(page, `Reset ${name} to the default`).click()
    }
    await save(page)
    expect(await field(page, 'Longest time for an answer').inputValue()).toBe('1,800')
    expect(await page.getByText('Changed', { exact: true }).count()).toBe(0)
  })
})

it('keeps what is not saved while one looks elsewhere, and asks before it is lost', async () => {
  const { page } = seen
  await page.goto('/main')
  await page.getByRole('button', { name: 'root_1' }).click()
  await page.getByRole('menuitem', { name: 'Administration' }).click()
  await sections(page).getByRole('link', { name: 'Chat' }).click()
  await field(page, 'Longest title').fill('40')
  await sections(page).getByRole('link', { name: 'Quotas' }).click()
  await field(page, 'Messages of a guest').fill('7')
  await page.getByText('A guest may send 7 messages a day', { exact: false }).waitFor()
  await sections(page).getByRole('link', { name: 'Chat Not saved' }).click()
  expect(await field(page, 'Longest title').inputValue()).toBe('40')

  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
  await page.getByRole('link', { name: 'New conversation' }).click()
  await dialog.getByText('Quotas, Chat', { exact: false }).waitFor()
  await dialog.getByRole('button', { name: 'Stay' }).click()
  // Back to where the settings were opened from.
  await page.evaluate(() => history.go(-4))
  await dialog.getByRole('button', { name: 'Stay' }).click()
  expect(new URL(page.url()).pathname).toBe('/main/admin/chat')
  expect(await field(page, 'Longest title').inputValue()).toBe('40')
  const mayUnload = () => dispatchEvent(new Event('beforeunload', { cancelable: true }))
  expect(await page.evaluate(mayUnload)).toBe(false)

  await page.getByRole('link', { name: 'New conversation' }).click()
  await dialog.getByRole('button', { name: 'Discard and leave' }).click()
  await page.waitForURL('**/main')
  expect(await page.evaluate(mayUnload)).toBe(true)
  await page.goBack()
  expect(await field(page, 'Longest title').inputValue()).toBe('30')
})

it('tells of two administrators who change settings at once what the other has done', async () => {
  const { page } = seen
  const other = await signedIn(browser, product.origin)
  await open(page, 'quota')
  await field(page, 'Messages of a guest').fill('30')
  // Nothing else tells this page meanwhile.
  await page.route(/\/api\/(me|changes|settings\/branding)/, (route) => route.abort())
  await open(other.page, 'quota')
  await field(other.page, 'Messages of all guests').fill('400')
  await save(other.page)
  await button(page, 'Save').click()
  const told = page.getByText('Somebody else has changed settings meanwhile')
  await told.waitFor()
  await page.getByText('from 500 messages a day to 400 messages a day', { exact: false }).waitFor()
  expect(await field(page, 'Messages of a guest').inputValue()).toBe('30')
  expect(await field(page, 'Messages of all guests').inputValue()).toBe('400')
  await save(page)
  await told.waitFor({ state: 'detached' })
  await page.unroute(/\/api\/(me|changes|settings\/branding)/)
  expect(await valueOf(page, 'quota.allGuests.messagesPerDay')).toBe(400)
  await other.context.close()
})

describe('the history', () => {
  const newest = (page: Page) => page.getByRole('article').first()
  async function choose(page: Page, at: number, item: string) {
    await page.getByRole('article').nth(at).getByRole('button', { name: 'Options' }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }

  it('says who changed what, and undoes it', async () => {
    const { page } = seen
    await open(page, 'history')
    const change = 'Messages of a guest from 20 messages a day to 30 messages a day'
    await newest(page).getByText('root_1').waitFor()
    expect(await newest(page).innerText()).toContain(change)
    await choose(page, 0, 'Undo this change')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('from 30 messages a day to', { exact: false }).waitFor()
    await dialog.getByRole('button', { name: 'Undo' }).click()
    await newest(page).getByText('20 messages a day').waitFor()
    expect(await valueOf(page, 'quota.guest.messagesPerDay')).toBe(20)
  })

  it('restores what was in force then', async () => {
    const { page } = seen
    const last = (await page.getByRole('article').count()) - 1
    await choose(page, last, 'Restore this state')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Messages of all guests').waitFor()
    expect(await dialog.innerText()).not.toContain('Name')
    await dialog.getByRole('button', { name: 'Restore' }).click()
    await newest(page).getByText('Messages of all guests').waitFor()
    expect(await valueOf(page, 'quota.allGuests.messagesPerDay')).toBe(500)
    expect(await valueOf(page, 'brand.name')).toBe('Lighthouse')
  })
})

it('finds a setting by a word, and leads to it', async () => {
  const { page } = seen
  await open(page, 'general')
  await page.getByRole('searchbox', { name: 'Search settings' }).fill('behind address')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/main/admin/quota#quota.guestAddress.messagesPerDay')
  await page.waitForFunction(() =>
    document.activeElement?.closest('[id="quota.guestAddress.messagesPerDay"]'),
  )
  await page.getByRole('searchbox', { name: 'Search settings' }).fill('font size')
  await sections(page).getByRole('link', { name: 'Font size' }).click()
  await page.waitForURL('**/main/settings/preferences#preferences.fontSize')
  await page.waitForFunction(() => document.activeElement?.closest('[id="preferences.fontSize"]'))
  expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('radio')
})

it('opens models to guests, many at once', async () => {
  const { page } = seen
  await open(page, 'access')
  const note = page.getByText('no model is open to them', { exact: false })
  await note.waitFor()
  await page.getByRole('checkbox', { name: 'Select all shown' }).check()
  await button(page, 'Guests').click()
  await page.getByRole('menuitem', { name: 'Allowed', exact: true }).click()
  await note.waitFor({ state: 'detached' })
  const guest = await visit(browser, product.origin)
  await guest.page.goto('/main')
  await guest.page.getByRole('button', { name: /^Model: / }).waitFor()
  await guest.page.goto('/main/settings')
  await sections(guest.page).getByRole('link').first().waitFor()
  const shown = await sections(guest.page).getByRole('link').allInnerTexts()
  expect(shown).toEqual(['Preferences', 'About'])
  await guest.context.close()
})

it.each([
  ['en-US', 'light', 1280, ['general', 'access', 'reasoning', 'network', 'history']],
  ['zh-CN', 'dark', 390, ['general', 'accounts', 'quota', 'chat', 'access']],
] as const)(
  'has nothing that axe finds serious and does not scroll sideways (%s, %s, %i px)',
  async (locale, colorScheme, width, shown) => {
    const viewport = { width, height: 800 }
    const options = { locale, colorScheme, viewport }
    const { page, context } = await signedIn(browser, product.origin, options)
    const faults: string[] = []
    for (const section of shown) {
      await open(page, section)
      const found = await accessibilityFaults(page)
      const isWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      )
      if (isWide) found.push('it scrolls sideways')
      faults.push(...found.map((fault) => `${section}: ${fault}`))
    }
    expect(faults).toEqual([])
    await context.close()
  },
)
