import type { Browser, Page } from 'playwright-core'
import { visit, type Visit } from './visit.ts'

const username = 'root_1'
const password = 'correct horse 1'

/** Sets an installation up, so that whoever looks at `page` is its administrator. */
export async function signUp(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByRole('heading', { name: 'Set up this installation' }).waitFor()
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.waitForURL('**/main')
}

/** The administrator in a browser of its own, in English or Chinese. */
export async function signedIn(
  browser: Browser,
  origin: string,
  options: Parameters<typeof visit>[2] = {},
): Promise<Visit> {
  const seen = await visit(browser, origin, options)
  const isChinese = options.locale?.startsWith('zh')
  await seen.page.goto('/auth/sign-in')
  await seen.page.getByLabel(isChinese ? '用户名' : 'Username').fill(username)
  await seen.page.getByLabel(isChinese ? '密码' : 'Password', { exact: true }).fill(password)
  await seen.page.keyboard.press('Enter')
  await seen.page.waitForURL('**/main')
  return seen
}

/** Calls the API in the name of who is signed in. Fails when it is refused. */
export async function call<Reply>(
  page: Page,
  method: string,
  path: string,
  body?: object,
): Promise<Reply> {
  const reply = await page.evaluate(
    async ({ method, path, body }) => {
      const headers = { 'content-type': 'application/json' }
      const content = body && { headers, body: JSON.stringify(body) }
      const response = await fetch(path, { method, ...content })
      if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
      return response.status === 204 ? null : ((await response.json()) as unknown)
    },
    { method, path, body },
  )
  return reply as Reply
}

/** Lets connections lead to this machine, as those of a fake upstream do. */
export async function allowPrivateHosts(page: Page): Promise<void> {
  await call(page, 'PATCH', '/api/settings', { values: { 'provider.allowPrivateHosts': true } })
}
