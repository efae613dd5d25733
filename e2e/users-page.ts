import type { Page } from 'playwright-core'
import { call } from './administrator.ts'

const password = 'correct horse 1'

/** Makes accounts from seed_01 to seed_59. */
export async function seedUsers(page: Page): Promise<void> {
  const names = Array.from({ length: 59 }, (_, n) => `seed_${String(n + 1).padStart(2, '0')}`)
  for (let at = 0; at < names.length; at += 10) {
    await Promise.all(
      names
        .slice(at, at + 10)
        .map((username) => call(page, 'POST', '/api/users', { username, password })),
    )
  }
}

export const row = (page: Page, name: string) =>
  page
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: `Details of ${name}`, exact: true }) })
export const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name })
/** The names on the page, in their order. */
export const shown = (page: Page) =>
  page
    .getByRole('button', { name: /^Details of / })
    .allInnerTexts()
    .then((names) => names.map((name) => name.trim()))

export async function openUsers(page: Page, query = ''): Promise<void> {
  await page.goto(`/main/admin/users${query}`)
  await page.getByRole('list', { name: 'Users' }).waitFor()
}

/** Opens a page of the administrators and waits until all of it is there. */
export async function openPage(page: Page, path: string): Promise<void> {
  await page.goto(`/main/admin/${path}`)
  const region = page.getByRole('region').first()
  await region.getByRole('heading', { level: 2 }).first().waitFor()
  await region.getByRole('status', { name: /Loading|加载/ }).waitFor({ state: 'detached' })
}

/** Opens somebody's details and waits until they are there. */
export async function openDetails(page: Page, name: string) {
  await openUsers(page, `?search=${name}`)
  await page.getByRole('button', { name: `Details of ${name}`, exact: true }).click()
  const details = dialog(page, name)
  await details.getByLabel('Messages per day', { exact: true }).waitFor()
  return details
}

export async function fillSignUp(page: Page, username: string, note: string): Promise<void> {
  await page.goto('/auth/sign-up')
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('Note to the administrator', { exact: false }).fill(note)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('heading', { name: 'Almost there' }).waitFor()
}

export async function fillSignIn(page: Page, username: string, word = password): Promise<void> {
  await page.goto('/auth/sign-in')
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(word)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}
