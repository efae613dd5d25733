import type { Page } from 'playwright-core'

export const password = 'correct horse 1'

/** Fills in the form for signing in, or for making an account, that is on screen. */
export async function fillAccount(page: Page, username: string): Promise<void> {
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
}
