import type { Page } from 'playwright-core'

export const composer = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true })
export const stop = (page: Page) => page.getByRole('button', { name: 'Stop' })

export async function send(page: Page, text: string): Promise<void> {
  await composer(page).fill(text)
  await composer(page).press('Enter')
}

/** Waits until a reply is whole: then its metrics are shown, and there is nothing to stop. */
export async function finished(page: Page): Promise<void> {
  await page
    .getByText(/first token .* tokens/)
    .last()
    .waitFor()
  await stop(page).waitFor({ state: 'detached' })
}

/** Opens the list of models and waits for its search. */
export async function openModels(page: Page) {
  await page.getByRole('button', { name: /^Model: / }).click()
  const search = page.getByRole('searchbox', { name: 'Search models' })
  await search.waitFor()
  return search
}

export async function chooseModel(page: Page, name: string): Promise<void> {
  const search = await openModels(page)
  await search.fill(name)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: `Model: ${name}` }).waitFor()
}
