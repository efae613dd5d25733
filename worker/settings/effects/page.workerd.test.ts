import { beforeAll, expect, it } from 'vitest'
import type { Branding } from '../../contract/branding.ts'
import type { SettingKey } from '../../contract/settings-registry.ts'
import { openInstallation, TestClient, withSettings } from '../../test-client.ts'

// The page does the rest: it shows what these replies say, which its own tests are about.

let admin: TestClient
const visitor = new TestClient()
beforeAll(async () => {
  admin = await openInstallation()
})

it.each<[SettingKey, unknown, keyof Branding]>([
  ['brand.name', 'Harbour', 'name'],
  ['brand.welcome', 'Good to see you', 'welcome'],
  ['brand.disclaimer', 'Check what it says', 'disclaimer'],
  ['brand.theme', 'dark', 'theme'],
  ['brand.accentColor', '#aa0000', 'accentColor'],
  ['brand.language', 'zh-CN', 'language'],
  ['accounts.registration', 'closed', 'registration'],
  ['guests.enabled', false, 'guests'],
])('%s is what every page is told of the brand', async (key, value, field) => {
  const branding = () => visitor.json<Branding>('GET', '/api/settings/branding')
  const before = await branding()
  const during = await withSettings(admin, { [key]: value }, branding)
  expect(during).toEqual({ ...before, [field]: value, revision: before.revision + 1 })
  expect((await branding())[field]).toEqual(
    key === 'accounts.registration' ? 'approval' : before[field],
  )
})

it('unfolds reasoning where nobody has chosen: pages read it with their settings', async () => {
  const read = async () => (await visitor.json<{ values: object }>('GET', '/api/settings')).values
  expect(await read()).toMatchObject({ 'reasoning.expand': false })
  const during = await withSettings(admin, { 'reasoning.expand': true }, read)
  expect(during).toMatchObject({ 'reasoning.expand': true })
})
