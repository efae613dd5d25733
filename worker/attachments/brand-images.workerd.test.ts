import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import type { Branding } from '../contract/branding.ts'
import { imageLimits } from '../contract/image-limits.ts'
import type { SettingsRevision } from '../contract/settings.ts'
import { openInstallation, TestClient } from '../test-client.ts'
import { gif, jpeg, png, webp } from './tiny-images.ts'

let admin: TestClient
const visitor = new TestClient()

beforeAll(async () => {
  admin = await openInstallation()
})

const put = (image: string, bytes: Uint8Array, client = admin) => {
  const body = new FormData()
  body.set('file', new File([new Uint8Array(bytes)], 'whatever.svg', { type: 'image/svg+xml' }))
  return client.request('PUT', `/api/settings/branding/${image}`, { body })
}
const branding = () => visitor.json<Branding>('GET', '/api/settings/branding')

it.each([
  ['logo', 'logoUrl', png(512, 512), 'image/png'],
  ['favicon', 'faviconUrl', webp('VP8L', 512, 512), 'image/webp'],
  ['assistant-avatar', 'assistantAvatarUrl', jpeg(512, 512), 'image/jpeg'],
] as const)(
  'shows everybody the %s that was set, until it is taken away',
  async (image, field, bytes, type) => {
    const before = await branding()
    expect(before[field]).toBeNull()
    const set = await (await put(image, bytes)).json<Branding>()
    expect(await branding()).toEqual({ ...before, [field]: set[field], revision: set.revision })
    expect(set.revision).toBe(before.revision + 1)
    const me = await visitor.json<{ settingsRevision: number }>('GET', '/api/me')
    expect(me.settingsRevision).toBe(set.revision)

    const read = await visitor.request('GET', set[field]!)
    expect(new Uint8Array(await read.arrayBuffer())).toEqual(bytes)
    expect(Object.fromEntries(read.headers)).toMatchObject({
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    })
    const etag = read.headers.get('etag')!
    const again = await visitor.request('GET', set[field]!, { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
    // An address that names no version, or an old one, is asked about every time.
    for (const query of ['', '?v=older']) {
      const asked = await visitor.request('GET', `/api/settings/branding/${image}${query}`)
      expect(asked.headers.get('cache-control')).toBe('no-cache')
      await asked.arrayBuffer()
    }

    const gone = await admin.json<Branding>('DELETE', `/api/settings/branding/${image}`)
    expect(gone).toMatchObject({ [field]: null, revision: set.revision + 1 })
    expect((await visitor.request('GET', set[field]!)).status).toBe(404)
    const removed = await admin.json<Branding>('DELETE', `/api/settings/branding/${image}`)
    expect(removed.revision).toBe(gone.revision)
  },
)

it('refuses what is no image to stand for something, and images there are not', async () => {
  const code = async (response: Response) => (await response.json<{ code: string }>()).code
  expect(await code(await put('logo', gif()))).toBe('attachment_type')
  expect(await code(await put('logo', new TextEncoder().encode('<svg/>')))).toBe('attachment_type')
  expect(await code(await put('favicon', png(9_000, 1)))).toBe('attachment_dimensions')
  const large = png(1, 1, 'x'.repeat(imageLimits.portraitBytesMax))
  expect(await code(await put('logo', large))).toBe('attachment_too_large')
  expect(await code(await put('banner', png()))).toBe('not_found')
  expect(await code(await admin.request('DELETE', '/api/settings/branding/banner'))).toBe(
    'not_found',
  )
  expect(await code(await visitor.request('GET', '/api/settings/branding/banner'))).toBe(
    'not_found',
  )
  const user = new TestClient()
  await user.join()
  expect(await code(await put('logo', png(), user))).toBe('forbidden')
})

it('has images in the history of settings, and goes back to them', async () => {
  const first = await (await put('logo', png(1, 1, 'first'))).json<Branding>()
  const second = await (await put('logo', png(1, 1, 'second'))).json<Branding>()
  expect(second.logoUrl).not.toBe(first.logoUrl)
  const { items } = await admin.json<{ items: SettingsRevision[] }>('GET', '/api/settings/history')
  expect(items.slice(0, 2).map(({ changes }) => changes)).toEqual([
    [
      {
        key: 'brand.image.logo',
        before: '[set]',
        beforeIsDefault: false,
        after: '[set]',
        afterIsDefault: false,
      },
    ],
    [
      {
        key: 'brand.image.logo',
        before: '[cleared]',
        beforeIsDefault: true,
        after: '[set]',
        afterIsDefault: false,
      },
    ],
  ])
  await admin.json('DELETE', '/api/settings/branding/logo')
  await admin.json('POST', '/api/settings/rollback', { revision: first.revision })
  const { logoUrl } = await branding()
  expect(logoUrl).toBe(first.logoUrl)
  const shown = await visitor.request('GET', logoUrl!)
  expect(new Uint8Array(await shown.arrayBuffer())).toEqual(png(1, 1, 'first'))
  const { results } = await env.DB.prepare(
    `select kind from audit where kind like 'setting.%' order by id desc limit 2`,
  ).all<{ kind: string }>()
  expect(results.map(({ kind }) => kind)).toEqual(['setting.rollback', 'setting.image'])
})

it('says to visitors whether guests are welcome', async () => {
  expect((await branding()).guests).toBe(true)
  await admin.json('PATCH', '/api/settings', { values: { 'guests.enabled': false } })
  expect((await branding()).guests).toBe(false)
})
