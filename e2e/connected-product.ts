import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import OpenAI from 'openai'
import { bundleWorker } from './runtime/bundle.ts'
import { startRuntime, type Runtime } from './runtime/runtime.ts'
import { Visitor } from './runtime/visitor.ts'
import { startSharedFake, type FakeCall, type FakePlace, type SharedFake } from './shared-fake.ts'

/** The product as a program meets it: connected to the fake as each kind of provider, and with a key. */
export interface ConnectedProduct {
  fake: SharedFake
  runtime: Runtime
  admin: Visitor
  apiKey: string
  baseURL: string
  /** OpenAI's own, which shows each refusal instead of trying again. */
  client: OpenAI
  /** What the fake was asked with a text in it. */
  callsAbout(text: string): FakeCall[]
  stop(): Promise<void>
}

export interface ConnectOptions {
  /** By the kinds they are connected as, which their models' names begin with. */
  places: Record<string, FakePlace>
  /** What the client sends its requests with. */
  fetch?: typeof fetch
}

export async function startConnectedProduct(options: ConnectOptions): Promise<ConnectedProduct> {
  const folder = mkdtempSync(join(tmpdir(), 'aichat-clients-'))
  const fake = await startSharedFake()
  const runtime = await startRuntime({
    script: bundleWorker(join(folder, 'bundle')),
    folder: join(folder, 'state'),
  })
  const admin = new Visitor(runtime.origin)
  await admin.signUp('root_1')
  const values = {
    'provider.allowPrivateHosts': true,
    'quota.user.messagesPerDay': null,
    'api.requestsPerMinute': null,
  }
  await admin.json('/api/settings', { method: 'PATCH', body: { values } })
  for (const [provider, { path, auth, modelIds }] of Object.entries(options.places)) {
    await admin.json('/api/connections', {
      body: {
        provider,
        baseUrl: `${fake.url}${path}`,
        auth,
        ...(auth === 'key' && { apiKey: 'sk-anything-at-all' }),
        ...(modelIds && { modelIds }),
        prefix: provider,
      },
    })
  }
  const apiKey = await newKey(admin)
  const baseURL = `${runtime.origin}/v1`
  const sending = options.fetch && { fetch: options.fetch }
  return {
    fake,
    runtime,
    admin,
    apiKey,
    baseURL,
    client: new OpenAI({ apiKey, baseURL, maxRetries: 0, ...sending }),
    callsAbout: (text) => fake.log.filter(({ body }) => JSON.stringify(body ?? '').includes(text)),
    async stop() {
      await runtime.stop()
      await fake.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A key of whoever is signed in; `more` limits it. */
export async function newKey(owner: Visitor, more: object = {}): Promise<string> {
  const body = { name: 'Clients', ...more }
  const { secret } = await owner.json<{ secret: string }>('/api/api-keys', { body })
  return secret
}
