import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { call, signedIn, signUp } from './administrator.ts'
import { openBrowser } from './browser.ts'
import { composer, finished, send } from './chat-page.ts'
import { discardProduct, startProduct, type Product } from './product.ts'
import {
  dialog,
  fillSignIn,
  fillSignUp,
  openDetails,
  openPage,
  openUsers,
  row,
  seedUsers,
  shown,
} from './users-page.ts'
import { accessibilityFaults, visit, type Visit } from './visit.ts'

let browser: Browser
let product: Product
let administrator: Visit

beforeAll(async () => {
  ;[browser, product] = await Promise.all([openBrowser(), startProduct()])
  administrator = await visit(browser, product.origin, { viewport: { width: 1440, height: 900 } })
  const { page } = administrator
  await signUp(page)
  await seedUsers(page)
})

afterAll(async () => {
  await browser?.close()
  await discardProduct(product)
})

describe('the administrator', () => {
  it('sees within seconds who waits, with a note, and lets them in', async () => {
    const { page } = administrator
    await openUsers(page)
    const alice = await visit(browser, product.origin)
    await fillSignUp(alice.page, 'alice', 'I am from the laboratory')
    await page.getByRole('link', { name: 'Users 1' }).waitFor()
    await row(page, 'alice').getByText('I am from the laboratory').waitFor()
    expect((await shown(page))[0]).toBe('alice')
    await page.getByRole('button', { name: 'Approve alice' }).click()
    await row(page, 'alice').getByText('Active').waitFor()
    expect(await row(page, 'alice').innerText()).toMatch(/By root_1, now/)
    await page.getByRole('link', { name: 'Users', exact: true }).waitFor()
    await fillSignIn(alice.page, 'alice')
    await alice.page.waitForURL('**/main')
    await alice.context.close()
  })

  it('rejects somebody with a reason, which they read when they sign in', async () => {
    const { page } = administrator
    const bob = await visit(browser, product.origin)
    await fillSignUp(bob.page, 'bob_1', 'hello')
    await openUsers(page)
    await page.getByRole('button', { name: 'Reject bob_1' }).click()
    const asking = dialog(page, 'Reject bob_1?')
    await asking.getByLabel('Reason (optional)').fill('We do not know you.')
    await asking.getByRole('button', { name: 'Reject' }).click()
    await row(page, 'bob_1').getByText('Reason: We do not know you.').waitFor()
    await fillSignIn(bob.page, 'bob_1')
    const reason = bob.page.getByText('We do not know you.', { exact: false })
    await reason.waitFor()
    expect(bob.page.url()).toContain('/auth/sign-in')
    await bob.context.close()
  })

  it('finds one of sixty by name, filter, order and page, and comes back to them', async () => {
    const { page } = administrator
    await openUsers(page)
    await page.getByText('1–20 of 62').waitFor()
    await page.getByLabel('Order').selectOption('name')
    await page.waitForURL(/sort=name/)
    await page.getByRole('button', { name: 'Page 4' }).click()
    await page.getByText('61–62 of 62').waitFor()
    expect(await shown(page)).toEqual(['seed_58', 'seed_59'])
    await page.reload()
    await page.getByText('61–62 of 62').waitFor()
    await page.goBack()
    await page.getByText('1–20 of 62').waitFor()
    await page.getByLabel('Search by name').fill('EED_4')
    await page.getByText('1–10 of 10').waitFor()
    await page.getByLabel('State').selectOption('disabled')
    await page.getByText('Nobody fits').waitFor()
    await page.getByRole('button', { name: 'Show everybody' }).click()
    await page.getByText('1–20 of 62').waitFor()
    await page.getByLabel('Role').selectOption('admin')
    await page.getByText('1–1 of 1').waitFor()
    expect(await shown(page)).toEqual(['root_1'])
  })

  it('does the same to many at once, and is told of each that failed', async () => {
    const { page } = administrator
    await openUsers(page, '?search=seed_1')
    await page.getByText('1–10 of 10').waitFor()
    for (const name of ['seed_10', 'seed_11', 'seed_12']) {
      await page.getByRole('checkbox', { name: `Select ${name}` }).check()
    }
    // Somebody else is faster with one of them.
    const { items } = await call<{ items: { id: string }[] }>(
      page,
      'GET',
      '/api/users?search=seed_11',
    )
    await call(page, 'POST', `/api/users/${items[0]?.id}/disable`, {})
    await page.getByRole('button', { name: 'Disable', exact: true }).click()
    const asking = dialog(page, 'Disable 3 accounts?')
    await asking.getByText('seed_10').waitFor()
    await asking.getByRole('button', { name: 'Disable' }).click()
    const outcome = dialog(page, 'Not everything worked')
    await outcome.getByText('2 accounts done').waitFor()
    expect(await outcome.innerText()).toMatch(/seed_11\s+This account is disabled already\./)
    await outcome.getByRole('button', { name: 'Done' }).click()
    await row(page, 'seed_12').getByText('Disabled').waitFor()
    await page.getByText('1 selected').waitFor()
  })

  it('sets a limit that the user sees, and begins the day anew for them', async () => {
    const { page } = administrator
    const user = await visit(browser, product.origin)
    await fillSignIn(user.page, 'alice')
    await user.page.waitForURL('**/main')
    await user.page.getByText(/200 messages left/).waitFor()
    const details = await openDetails(page, 'alice')
    await details.getByLabel('Messages per day', { exact: true }).selectOption('own')
    await details.getByLabel('Messages per day: number').fill('x')
    await details.getByText('A whole number from 0 to 100,000.').waitFor()
    await details.getByLabel('Messages per day: number').fill('2')
    await details.getByRole('button', { name: 'Save' }).click()
    await details.getByText('0 of 2 messages sent').waitFor()
    await user.page.getByText(/2 messages left/).waitFor()
    await user.page.getByRole('button', { name: /^Model: / }).waitFor()
    await send(user.page, 'Hello there')
    await finished(user.page)
    await user.page.getByText(/1 message left/).waitFor()
    await openDetails(page, 'alice')
    await details.getByText('1 of 2 messages sent').waitFor()
    await details.getByRole('button', { name: 'Reset today’s counts' }).click()
    await details.getByText('0 of 2 messages sent').waitFor()
    await user.page.getByText(/2 messages left/).waitFor()
    expect(user.errors).toEqual([])
    await user.context.close()
  })

  it('makes an account, changes its name, role and password, and passes them on', async () => {
    const { page } = administrator
    await openUsers(page)
    await page.getByRole('button', { name: 'New user' }).click()
    await dialog(page, 'New user').getByLabel('Username').fill('root_1')
    await dialog(page, 'New user').getByRole('button', { name: 'Generate' }).click()
    await dialog(page, 'New user').getByRole('button', { name: 'Create account' }).click()
    await dialog(page, 'New user').getByText('This username is already in use.').waitFor()
    await dialog(page, 'New user').getByLabel('Username').fill('carol')
    await dialog(page, 'New user').getByRole('button', { name: 'Create account' }).click()
    await dialog(page, 'carol can sign in now').getByRole('button', { name: 'Done' }).click()
    const details = await openDetails(page, 'carol')
    await details.getByRole('button', { name: 'Make administrator' }).click()
    const asking = dialog(page, 'Make carol an administrator?')
    await asking.getByText('Nobody’s conversations are shown to them.', { exact: false }).waitFor()
    await asking.getByRole('button', { name: 'Make administrator' }).click()
    await details.getByText('Administrator', { exact: true }).waitFor()
    await details.getByRole('button', { name: 'Set password' }).click()
    const setting = dialog(page, 'A new password for carol')
    await setting.getByRole('button', { name: 'Generate' }).click()
    const made = await setting.getByLabel('New password').inputValue()
    await setting.getByRole('button', { name: 'Set password' }).click()
    const handOver = dialog(page, 'carol has a new password')
    expect(await handOver.innerText()).toContain(made)
    await handOver.getByRole('button', { name: 'Done' }).click()
    await details.getByRole('button', { name: 'Rename' }).click()
    await dialog(page, 'Rename carol').getByLabel('Username').fill('caroline')
    await dialog(page, 'Rename carol').getByRole('button', { name: 'Rename' }).click()
    await dialog(page, 'caroline').waitFor()
    const carol = await visit(browser, product.origin)
    await fillSignIn(carol.page, 'caroline', made)
    await carol.page.waitForURL('**/main')
    await carol.context.close()
  })

  it('disables somebody, whose open page is closed', async () => {
    const { page } = administrator
    const user = await visit(browser, product.origin)
    await fillSignIn(user.page, 'seed_20')
    await user.page.waitForURL('**/main')
    await composer(user.page).fill('What I have written')
    const details = await openDetails(page, 'seed_20')
    await details.getByRole('button', { name: 'Disable' }).click()
    const asking = dialog(page, 'Disable seed_20?')
    await asking.getByLabel('Reason (optional)').fill('Holidays')
    await asking.getByRole('button', { name: 'Disable' }).click()
    await details.getByText('Reason: Holidays').waitFor()
    await dialog(user.page, 'You were signed out').waitFor()
    expect(await composer(user.page).inputValue()).toBe('What I have written')
    await user.context.close()
    await details.getByRole('button', { name: 'Enable' }).click()
    await details.getByText('Active').waitFor()
  })

  it('deletes an account after seeing what goes with it, and typing its name', async () => {
    const { page } = administrator
    await openUsers(page, '?search=alice')
    await page.getByRole('button', { name: 'Options for alice' }).click()
    await page.getByRole('menuitem', { name: 'Delete account' }).click()
    const asking = dialog(page, 'Delete alice?')
    await asking.getByText('1 conversation with all messages').waitFor()
    const confirm = asking.getByRole('button', { name: 'Delete for good' })
    expect(await confirm.isDisabled()).toBe(true)
    await asking.getByLabel('Type alice to confirm').fill('alice')
    await confirm.click()
    await page.getByText('Nobody fits').waitFor()
  })

  it('is not offered what would hurt their own account', async () => {
    const { page } = administrator
    const details = await openDetails(page, 'root_1')
    await details.getByText('This is your own account').waitFor()
    expect(await details.getByRole('button', { name: /Disable|Delete|Make/ }).count()).toBe(0)
    expect(await accessibilityFaults(page)).toEqual([])
    await page.goBack()
    await details.waitFor({ state: 'detached' })
    expect(await page.getByRole('checkbox', { name: 'Select root_1' }).count()).toBe(0)
  })

  it('reads in the audit log what was done, by whom, and what changed', async () => {
    const { page } = administrator
    await page.goto('/main/admin/audit?area=user')
    await page.getByText('root_1 deleted the account alice').waitFor()
    for (const sentence of [
      'alice signed up',
      'root_1 approved alice',
      'root_1 rejected bob_1',
      'root_1 changed the limits of alice',
      'root_1 created the account carol',
      'root_1 set a new password for carol',
      'root_1 gave carol another role',
    ]) {
      while ((await page.getByText(sentence, { exact: true }).count()) === 0) {
        await page.getByRole('button', { name: 'Show earlier entries' }).click()
      }
    }
    const limits = page.getByRole('listitem').filter({ hasText: 'changed the limits of alice' })
    await limits.last().getByRole('button', { name: 'What changed' }).click()
    const changes = limits.last().getByRole('definition')
    expect(await changes.allInnerTexts()).toEqual([
      expect.stringMatching(/^Before:\s+As for everybody\s+→\s+After:\s+2$/),
    ])
    await page.getByLabel('Done by').fill('caro')
    await page.getByRole('option', { name: 'caroline' }).waitFor()
    await page.getByLabel('Done by').press('Enter')
    await page.waitForURL(/name=caroline/)
    await page.getByText('Nothing fits').waitFor()
  })
})

describe('each page', () => {
  it('is true: a job that is run by hand has just run', async () => {
    const { page } = administrator
    await openPage(page, 'health')
    await page.getByText('Everything works', { exact: true }).waitFor()
    const job = page.getByRole('listitem').filter({ hasText: 'Ended sessions' })
    await job.getByRole('button', { name: 'Run now: Ended sessions' }).click()
    await page.getByText('Ended sessions: done').waitFor()
    expect(await job.innerText()).toMatch(/last run now · took .* · nothing to do/)
  })

  const paths = ['users', 'users?search=bob_1', 'audit', 'health']

  it.each(paths)('of %s is without fault for axe', async (path) => {
    const { page } = administrator
    await openPage(page, path)
    expect(await accessibilityFaults(page)).toEqual([])
  })

  it('fits a phone, in Chinese and in the dark: nothing scrolls sideways', async () => {
    const { page, errors, context } = await signedIn(browser, product.origin, {
      locale: 'zh-CN',
      colorScheme: 'dark',
      viewport: { width: 390, height: 844 },
    })
    for (const path of paths) {
      await openPage(page, path)
      const region = page.getByRole('region').first()
      const wider = await region.evaluate((one) => one.scrollWidth - one.clientWidth)
      expect([path, wider]).toEqual([path, 0])
      expect(await accessibilityFaults(page)).toEqual([])
    }
    expect([...errors, ...administrator.errors]).toEqual([])
    await context.close()
  })
})
