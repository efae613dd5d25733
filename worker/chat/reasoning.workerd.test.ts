import { env } from 'cloudflare:workers'
import { beforeAll, expect, it } from 'vitest'
import type { Id } from '../contract/ids.ts'
import {
  connectModels,
  newSend,
  openInstallation,
  readFrames,
  type TestClient,
} from '../test-client.ts'

let admin: TestClient
beforeAll(async () => {
  admin = await openInstallation({ 'reasoning.effort': 'high' })
})

/** What the upstream was sent with the message `content`. */
async function received(content: string): Promise<Record<string, unknown>> {
  const log = await fetch(env.TEST_UPSTREAM.replace('/v1', '/log'))
  const { calls } = (await log.json()) as { calls: { messages: unknown; more: object }[] }
  const call = calls.findLast(({ messages }) => JSON.stringify(messages).includes(content))
  return (call?.more ?? { model: 'was not asked' }) as Record<string, unknown>
}

async function asked(model: Id<'model'>, content: string, more: object = {}) {
  await readFrames(await admin.send({ ...newSend(model, content), ...more }))
  return received(content)
}

it('asks the installation’s effort of a model, and the message’s own before it', async () => {
  const [model] = (await connectModels(admin, ['words:2'])) as [Id<'model'>]
  expect(await asked(model, 'by setting')).toMatchObject({ reasoning_effort: 'high' })
  const own = { reasoning: { enabled: true, effort: 'low' } }
  expect(await asked(model, 'by message', own)).toMatchObject({ reasoning_effort: 'low' })
})

it('asks nothing of a model that cannot reason, whatever is wished for others', async () => {
  const [model] = (await connectModels(admin, ['words:2'])) as [Id<'model'>]
  await admin.json('PATCH', `/api/models/${model}`, { capabilities: { reasoning: false } })
  const sent = await asked(model, 'without reasoning')
  expect(sent).toHaveProperty('stream_options')
  expect(sent).not.toHaveProperty('reasoning_effort')
})
