import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Me } from '../worker/contract/accounts.ts'
import type { NewApiKey } from '../worker/contract/api-keys.ts'
import type { Branding } from '../worker/contract/branding.ts'
import type { Quota } from '../worker/contract/quotas.ts'
import { bundleWorker } from './runtime/bundle.ts'
import { startRuntime, type Runtime } from './runtime/runtime.ts'
import { Visitor } from './runtime/visitor.ts'

/** What is promised of a change, wherever it is made. */
const effectiveMs = 5_000

let folder: string
let here: Runtime
let there: Runtime
let admin: Visitor
/** One and the same user, at either runtime. */
let user: Visitor
let elsewhere: Visitor
let userId: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aichat-everywhere-'))
  const script = bundleWorker(join(folder, 'bundle'))
  const state = join(folder, 'state')
  here = await startRuntime({ script, folder: state })
  there = await startRuntime({ script, folder: state })
  admin = new Visitor(here.origin)
  await admin.signUp('root_1')
  await patch({ 'accounts.registration': 'open' })
  user = new Visitor(here.origin)
  await user.signUp('user_1')
  elsewhere = new Visitor(there.origin)
  elsewhere.cookie = user.cookie
  const { actor } = await elsewhere.json<Me>('/api/me')
  userId = actor!.id
})

afterAll(async () => {
  await Promise.all([here?.stop(), there?.stop()])
  rmSync(folder, { recursive: true, force: true })
})

const patch = (values: Record<string, unknown>) =>
  admin.json('/api/settings', { method: 'PATCH', body: { values } })

/** Whether `isSo` comes true while a change may still be on its way. */
async function comesTrue(isSo: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + effectiveMs
  while (Date.now() < deadline) {
    if (await isSo()) return true
    await sleep(100)
  }
  return false
}

it('carries a changed setting to a runtime that had read it before', async () => {
  const name = async () => (await elsewhere.json<Branding>('/api/settings/branding')).name
  expect(await name()).toBe('AIChat')
  await patch({ 'brand.name': 'Elsewhere' })
  expect(await comesTrue(async () => (await name()) === 'Elsewhere')).toBe(true)
})

it('carries a role and limits there, whose session goes on', async () => {
  const listed = async () => (await elsewhere.fetch('/api/users')).status
  expect(await listed()).toBe(403)
  await admin.json(`/api/users/${userId}`, { method: 'PATCH', body: { role: 'admin' } })
  expect(await comesTrue(async () => (await listed()) === 200)).toBe(true)
  await admin.json(`/api/users/${userId}/limits`, { method: 'PUT', body: { messagesPerDay: 7 } })
  const limit = async () => (await elsewhere.json<Quota>('/api/me/quota')).limit
  expect(await comesTrue(async () => (await limit()) === 7)).toBe(true)
})

it('carries the end of an API key there', async () => {
  const key = await user.json<NewApiKey>('/api/api-keys', { body: { name: 'A key' } })
  const headers = { authorization: `Bearer ${key.secret}` }
  const asked = async () => (await fetch(`${there.origin}/v1/models`, { headers })).status
  expect(await asked()).toBe(200)
  await user.fetch(`/api/api-keys/${key.id}`, { method: 'DELETE' })
  expect(await comesTrue(async () => (await asked()) === 401)).toBe(true)
})

it('carries the end of an account there', async () => {
  const status = async () => (await elsewhere.fetch('/api/conversations')).status
  expect(await status()).toBe(200)
  await admin.json(`/api/users/${userId}/disable`, { body: {} })
  expect(await comesTrue(async () => (await status()) === 401)).toBe(true)
})
