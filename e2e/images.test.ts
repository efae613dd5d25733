import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { allowPrivateHosts, call, signedIn, signUp } from './administrator.ts'
import { openBrowser } from './browser.ts'
import { chooseModel, composer, finished, send } from './chat-page.ts'
import { startFakeUpstream, type FakeUpstream } from './fake-upstream.ts'
import { give, lyingJpeg } from './given-images.ts'
import { greyPng, sizeOfPng, type ImageFile } from './grey-png.ts'
import { discardProduct, startProduct, type Product } from './product.ts'
import { accessibilityFaults, visit } from './visit.ts'

/** By its name the product knows that it sees nothing. */
const blindModel = 'deepseek-chat'
let browser: Browser
let product: Product
let upstream: FakeUpstream

beforeAll(async () => {
  upstream = await startFakeUpstream()
  ;[browser, product] = await Promise.all([openBrowser(), startProduct()])
  const { page, context } = await visit(browser, product.origin)
  await signUp(page)
  await allowPrivateHosts(page)
  const modelIds = ['echo', blindModel]
  const connection = { provider: 'openai', baseUrl: upstream.baseUrl, auth: 'none', modelIds }
  await call(page, 'POST', '/api/connections', connection)
  await context.close()
})

afterAll(async () => {
  await browser?.close()
  await upstream?.close()
  await discardProduct(product)
})

const chosen = (page: Page) => page.getByRole('list', { name: 'Images of the message' })
const sent = (page: Page) => page.getByRole('list', { name: 'Images', exact: true })
const sendButton = (page: Page) => page.locator('form button[type=submit]')

async function pick(page: Page, ...files: ImageFile[]): Promise<void> {
  await page.locator('form input[type=file]').setInputFiles(files)
}

/** Waits until an image is uploaded: until then it cannot be opened. */
async function uploaded(page: Page, name: string): Promise<void> {
  await chosen(page)
    .getByRole('button', { name: `Open ${name}` })
    .waitFor()
}

async function toggleOriginals(page: Page): Promise<void> {
  await page.goto('/main/settings/preferences')
  const original = page.getByRole('switch', { name: 'Send images in their original size' })
  await Promise.all([page.waitForResponse('**/api/me'), original.click()])
}

interface ImagePart {
  type: 'image_url'
  image_url: { url: string }
}

/** The images of the newest call, as the model was given them: bytes of data URLs. */
function imagesReceived(): Buffer[] {
  const content: unknown = upstream.log.calls.at(-1)?.messages.at(-1)?.content
  if (!Array.isArray(content)) return []
  return (content as (ImagePart | { type: 'text' })[]).flatMap((part) => {
    if (part.type !== 'image_url') return []
    const [, base64] = /^data:image\/png;base64,(.*)$/.exec(part.image_url.url) ?? []
    return base64 === undefined ? [] : [Buffer.from(base64, 'base64')]
  })
}

describe('images of a message', () => {
  it('are picked, pasted and dropped, outlive a reload, and reach the model each time', async () => {
    const { page, errors, context } = await signedIn(browser, product.origin)
    await chooseModel(page, 'echo')
    const [red, green, blue] = [greyPng('red', 1), greyPng('green', 2), greyPng('blue', 3)]
    await pick(page, red)
    await uploaded(page, 'red.png')
    await composer(page).focus()
    await give(page, 'paste', green)
    await uploaded(page, 'green.png')
    await give(page, 'drop', blue)
    await uploaded(page, 'blue.png')

    await page.reload()
    await uploaded(page, 'blue.png')
    expect(await chosen(page).getByRole('listitem').count()).toBe(3)
    const [gone] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'DELETE'),
      page.getByRole('button', { name: 'Remove green.png' }).click(),
    ])
    expect(gone.status()).toBe(204)
    expect(await chosen(page).getByRole('listitem').count()).toBe(2)

    await composer(page).press('Enter')
    await sent(page).getByRole('button', { name: 'Open red.png' }).waitFor()
    await finished(page)
    expect(imagesReceived()).toEqual([red.buffer, blue.buffer])
    expect(await chosen(page).count()).toBe(0)

    const calls = upstream.log.calls.length
    await page.getByRole('button', { name: 'Try again', exact: true }).last().click()
    await page.getByText('2/2').first().waitFor()
    await finished(page)
    expect(upstream.log.calls).toHaveLength(calls + 1)
    expect(imagesReceived()).toEqual([red.buffer, blue.buffer])
    expect(await page.title()).toContain('Image')
    expect(errors).toEqual([])
    await context.close()
  })

  it('are looked at one after the other, by keyboard alone', async () => {
    const { page, context } = await signedIn(browser, product.origin)
    await pick(page, greyPng('first', 4), greyPng('second', 5))
    await uploaded(page, 'second.png')
    await chosen(page).getByRole('button', { name: 'Open first.png' }).press('Enter')
    const viewer = page.getByRole('dialog')
    await viewer.getByRole('img', { name: 'first.png' }).waitFor()
    await page.keyboard.press('ArrowRight')
    await viewer.getByRole('img', { name: 'second.png' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await viewer.waitFor({ state: 'detached' })
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Remove first.png' }).press('Enter')
    await page.getByRole('button', { name: 'Remove second.png' }).press('Enter')
    expect(await chosen(page).count()).toBe(0)
    await context.close()
  })

  it('are made smaller before they are uploaded, unless the original is wanted', async () => {
    const { page, context } = await signedIn(browser, product.origin)
    await chooseModel(page, 'echo')
    await pick(page, greyPng('wide', 6, 3_000, 1_000))
    await uploaded(page, 'wide.png')
    await send(page, 'how wide is it')
    await finished(page)
    expect(imagesReceived().map(sizeOfPng)).toEqual([[2_048, 683]])

    await toggleOriginals(page)
    await page.goto('/main')
    await pick(page, greyPng('wide', 7, 3_000, 1_000))
    await uploaded(page, 'wide.png')
    await send(page, 'how wide is it now')
    await finished(page)
    expect(imagesReceived().map(sizeOfPng)).toEqual([[3_000, 1_000]])
    await toggleOriginals(page)
    await context.close()
  })

  it('are turned upright, so that the model sees what the reader sees', async () => {
    const { page, context } = await signedIn(browser, product.origin)
    const buffer = Buffer.from(await lyingJpeg(page), 'base64')
    const [answer] = await Promise.all([
      page.waitForResponse('**/api/attachments'),
      pick(page, { name: 'lying.jpg', mimeType: 'image/jpeg', buffer }),
    ])
    expect(await answer.json()).toMatchObject({ mediaType: 'image/jpeg', width: 20, height: 40 })
    await page.getByRole('button', { name: 'Remove lying.jpg' }).click()
    await context.close()
  })

  it('that cannot be sent are refused in words', async () => {
    const { page, context } = await signedIn(browser, product.origin)
    const drawing = { name: 'drawing.png', mimeType: 'image/png', buffer: Buffer.from('<svg/>') }
    await pick(page, drawing)
    await page.getByText('drawing.png cannot be sent: only PNG').waitFor()
    await pick(page, ...Array.from({ length: 9 }, (_, index) => greyPng(`n${index}`, 10 + index)))
    await page.getByText('n8.png was left out: one message has at most 8 images.').waitFor()
    await uploaded(page, 'n7.png')
    expect(await page.getByText('drawing.png cannot be sent').count()).toBe(0)
    for (let index = 0; index < 8; index++) {
      await page.getByRole('button', { name: `Remove n${index}.png` }).click()
    }
    await context.close()
  })

  it('come back with the text when a send is refused, and go with the next try', async () => {
    const { page, context } = await signedIn(browser, product.origin)
    await chooseModel(page, 'echo')
    await pick(page, greyPng('kept', 30))
    await uploaded(page, 'kept.png')
    const refuse = (route: { fulfill: (answer: object) => Promise<void> }) =>
      route.fulfill({ status: 429, headers: { 'content-type': 'text/plain' }, body: 'no' })
    await page.route('**/api/chat/stream', refuse)
    await send(page, 'do not lose this')
    await page.getByText('The message was not sent.', { exact: false }).waitFor()
    expect(await composer(page).inputValue()).toBe('do not lose this')
    await uploaded(page, 'kept.png')

    await page.unroute('**/api/chat/stream', refuse)
    await page.getByRole('button', { name: 'Try again', exact: true }).click()
    await sent(page).getByRole('button', { name: 'Open kept.png' }).waitFor()
    await finished(page)
    expect(imagesReceived()).toEqual([greyPng('kept', 30).buffer])
    expect(await chosen(page).count()).toBe(0)
    await context.close()
  })

  it('stay in the composer of a model that sees nothing, which says so', async () => {
    const { page, context } = await signedIn(browser, product.origin)
    await chooseModel(page, 'echo')
    await pick(page, greyPng('unseen', 40))
    await uploaded(page, 'unseen.png')
    await chooseModel(page, blindModel)
    await page.getByText(`${blindModel} cannot see images.`, { exact: false }).waitFor()
    expect(await sendButton(page).getAttribute('aria-label')).toBe(
      'Cannot send: the model cannot see images',
    )
    await chooseModel(page, 'echo')
    expect(await sendButton(page).getAttribute('aria-label')).toBe('Send')
    await page.getByRole('button', { name: 'Remove unseen.png' }).click()
    await context.close()
  })

  it('that were not uploaded hold the message back until they are, or are removed', async () => {
    const { page, context } = await signedIn(browser, product.origin)
    await page.route('**/api/attachments', (route) => route.abort())
    await pick(page, greyPng('late', 50))
    await page.getByText('late.png was not uploaded. No connection to the server.').waitFor()
    expect(await sendButton(page).getAttribute('aria-label')).toBe(
      'Cannot send: an image was not uploaded',
    )
    await page.unroute('**/api/attachments')
    await page.getByRole('button', { name: 'Upload late.png again' }).click()
    await uploaded(page, 'late.png')
    expect(await sendButton(page).getAttribute('aria-label')).toBe('Send')
    await page.getByRole('button', { name: 'Remove late.png' }).click()
    await context.close()
  })

  it('stay with a message that is edited, except those taken out', async () => {
    const { page, context } = await signedIn(browser, product.origin)
    await chooseModel(page, 'echo')
    await pick(page, greyPng('stays', 60), greyPng('goes', 61))
    await uploaded(page, 'goes.png')
    await send(page, 'before')
    await finished(page)
    await page.getByText('before').first().hover()
    await page.getByRole('button', { name: 'Edit' }).first().click()
    await page.getByRole('button', { name: 'Remove goes.png' }).click()
    await page.getByRole('textbox', { name: 'The message, to be sent anew' }).fill('after')
    await page.getByRole('button', { name: 'Send', exact: true }).first().click()
    await page.getByText('after').nth(1).waitFor()
    await finished(page)
    expect(imagesReceived()).toEqual([greyPng('stays', 60).buffer])
    expect(await sent(page).getByRole('listitem').count()).toBe(1)
    await context.close()
  })
})
