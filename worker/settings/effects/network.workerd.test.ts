import { beforeAll, describe, expect, it } from 'vitest'
import { newId, type Id } from '../../contract/ids.ts'
import type { WritableSettings } from '../../contract/settings-registry.ts'
import {
  callsAbout,
  connectModels,
  contentOf,
  logged,
  newSend,
  openInstallation,
  readFrames,
  type TestClient,
  withSettings,
} from '../../test-client.ts'

const names = ['status:503', 'empty', 'tokens:100', 'pace:400:60', 'pace:20:60'] as const
let admin: TestClient
let models: Record<(typeof names)[number], Id<'model'>>
beforeAll(async () => {
  admin = await openInstallation()
  const ids = await connectModels(admin, [...names])
  models = Object.fromEntries(names.map((name, index) => [name, ids[index]])) as typeof models
})

const during = <T>(values: Partial<WritableSettings>, act: () => Promise<T>) =>
  withSettings(admin, { 'provider.allowPrivateHosts': true, ...values }, act)

async function ask(model: Id<'model'>) {
  const send = newSend(model, `about ${newId('request')}`)
  const frames = await readFrames(await admin.send(send))
  const end = logged(frames).at(-1)!.event
  return {
    frames,
    code: 'problem' in end ? end.problem.code : end.type,
    calls: (await callsAbout(send.content)).length,
  }
}

describe('a provider that fails before it has said anything', () => {
  it('is asked again as often as is set', async () => {
    const calls = async () => (await ask(models['status:503'])).calls
    expect(await during({ 'provider.retries': 0, 'provider.fallback': false }, calls)).toBe(1)
    expect(await during({ 'provider.retries': 1, 'provider.fallback': false }, calls)).toBe(2)
  })

  it('is asked once more without streaming, unless that is off', async () => {
    const calls = async () => (await ask(models.empty)).calls
    expect(await during({ 'provider.retries': 0, 'provider.fallback': true }, calls)).toBe(2)
    expect(await during({ 'provider.retries': 0, 'provider.fallback': false }, calls)).toBe(1)
  })
})

it('ends an answer that takes longer than an answer may, though it still comes', async () => {
  const { code, frames } = await during(
    { 'provider.timeoutMs': 10_000, 'provider.idleMs': 5_000 },
    () => ask(models['pace:400:60']),
  )
  expect(code).toBe('provider_timeout')
  expect(contentOf(frames)).toMatch(/^t0 t1 /)
})

it('sends text as it comes, or gathers it for a while', async () => {
  const pieces = async () => {
    const { frames } = await ask(models['pace:20:60'])
    return frames.filter(({ event }) => event.type === 'content').length
  }
  const atOnce = await during({ 'stream.coalesceMs': 0 }, pieces)
  const gathered = await during({ 'stream.coalesceMs': 250 }, pieces)
  expect(atOnce).toBeGreaterThan(gathered)
})

it('calls private hosts only where that is allowed', async () => {
  const codes = await withSettings(admin, { 'provider.allowPrivateHosts': false }, async () => [
    (await ask(models['tokens:100'])).code,
  ])
  expect(codes).toEqual(['address_refused'])
  expect(await during({}, async () => (await ask(models['tokens:100'])).code)).toBe('complete')
})
