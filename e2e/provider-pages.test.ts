import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { call, signUp } from './administrator.ts'
import { openBrowser } from './browser.ts'
import { composer, finished, openModels } from './chat-page.ts'
import { greyPng } from './grey-png.ts'
import { discardProduct, startProduct, type Product } from './product.ts'
import { hasSharedFake, startSharedFake, type SharedFake } from './shared-fake.ts'
import { visit, type Visit } from './visit.ts'

const isPresent = hasSharedFake('every kind of connection in the page')

/** Each kind as the form calls it, with the path its API has at the fake. */
const kinds = [
  { id: 'openai', label: 'OpenAI-compatible', path: '/v1' },
  { id: 'openai_responses', label: 'OpenAI Responses', path: '/v1' },
  { id: 'azure_openai', label: 'Azure OpenAI', path: '', named: true },
  { id: 'ollama', label: 'Ollama', path: '', keyless: true },
  { id: 'google_genai', label: 'Google Gemini', path: '/v1beta' },
  { id: 'anthropic', label: 'Anthropic', path: '' },
]
const story = 'fake-long:40'

let browser: Browser
let product: Product
let fake: SharedFake
let seen: Visit

beforeAll(async () => {
  if (!isPresent) return
  fake = await startSharedFake()
  ;[browser, product] = await Promise.all([openBrowser(), startProduct()])
  seen = await visit(browser, product.origin)
  const { page } = seen
  await signUp(page)
  const values = {
    'provider.allowPrivateHosts': true,
    'provider.idleMs': 5_000,
    'quota.user.messagesPerDay': null,
  }
  await call(page, 'PATCH', '/api/settings', { values })
})

afterAll(async () => {
  await browser?.close()
  await fake?.close()
  await discardProduct(product)
})

/** A new conversation with a model, found by its id and not by the label its provider gives it. */
async function begin(page: Page, model: string): Promise<void> {
  await page.goto('/main')
  await (await openModels(page)).fill(model)
  await page.locator('[data-model-row]', { hasText: model }).first().click()
  await page.locator('[data-model-row]').first().waitFor({ state: 'detached' })
}

async function send(page: Page, text: string): Promise<void> {
  await composer(page).fill(text)
  // Not while an image is still on its way.
  await page.locator('form button[type=submit][aria-disabled=false]').waitFor()
  await composer(page).press('Enter')
}

describe.skipIf(!isPresent).each(kinds)('a connection of kind $label', (kind) => {
  const { id, label, path, named = false, keyless = false } = kind
  const model = (name: string) => `${id}.${name}`

  it('is made in the form, verified, and answers with text, reasoning and what it sees', async () => {
    const { page, errors } = seen
    await page.goto('/main/settings/connections')
    await page.getByRole('button', { name: 'Add connection' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: label, exact: false }).first().check({ force: true })
    await dialog.getByLabel('Base URL', { exact: false }).first().fill(`${fake.url}${path}`)
    if (!keyless) await dialog.getByLabel('API key', { exact: false }).first().fill('sk-anything')
    if (named) await dialog.getByLabel('Deployments').fill('fake-echo\nfake-think\nfake-vision')
    await dialog.getByText('More options').click()
    await dialog.getByLabel('Prefix', { exact: false }).first().fill(id)
    await dialog.getByRole('button', { name: 'Verify' }).click()
    await dialog
      .getByText(/\d+ models/)
      .first()
      .waitFor()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })

    await begin(page, model('fake-think'))
    await send(page, 'Why is that?')
    await finished(page)
    await page.getByText('Echo: Why is that?').first().waitFor()
    await page.getByRole('button', { name: /^Thought/ }).click()
    await page.getByText('I will answer in one sentence', { exact: false }).first().waitFor()

    await begin(page, model('fake-vision'))
    await page.locator('input[type=file]').first().setInputFiles(greyPng('grey.png', 128))
    await page.getByRole('list', { name: 'Images of the message' }).waitFor()
    await send(page, 'What is in it?')
    await finished(page)
    const received = await (await fetch(`${fake.url}/__fake/log?clear=1`)).text()
    expect(received).toContain(greyPng('grey.png', 128).buffer.toString('base64').slice(0, 60))
    expect(errors).toEqual([])
  })

  it('says in the page what went wrong, and offers to go on where there is something', async () => {
    const { page } = seen
    const ends = [
      { fault: 'status=401', says: /The provider says: .*(key|auth)/i },
      { fault: 'status=429,retry=120', says: /You can go on in/ },
      { fault: 'stall=15', says: 'The answer was interrupted.', goesOn: true },
      { fault: 'drop=15', says: 'The answer was interrupted.', goesOn: true },
    ]
    for (const { fault, says, goesOn = false } of ends) {
      const prefix = `${id}-${fault.split('=')[0]}-${fault.length}`
      await call(page, 'POST', '/api/connections', {
        provider: id,
        baseUrl: `${fake.url}/f/${fault}${path}`,
        auth: keyless ? 'none' : 'key',
        ...(!keyless && { apiKey: 'sk-anything' }),
        modelIds: [story],
        prefix,
      })
      await begin(page, `${prefix}.${story}`)
      await send(page, 'Tell me a long story')
      await page.getByText(says).first().waitFor()
      const text = page.getByText('word0 word1', { exact: false })
      // The end is told at once, while the page may still be revealing what came before it.
      if (goesOn) await text.first().waitFor()
      const isContinuable = (await page.getByRole('button', { name: 'Continue' }).count()) > 0
      const hasText = (await text.count()) > 0
      expect({ fault, isContinuable, hasText }).toEqual({
        fault,
        isContinuable: goesOn,
        hasText: goesOn,
      })
    }
  })
})
