import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { fileURLToPath } from 'node:url'

/** An upstream that speaks like every provider; faults are in its addresses. */
export interface SharedFake {
  url: string
  /** What it was asked, the oldest first. */
  log: FakeCall[]
  close(): Promise<void>
}

export interface FakeCall {
  model: string
  body: unknown
  /** Whether the caller hung up before the answer was whole. */
  aborted: boolean
}

export interface FakePlace {
  path: string
  auth: 'key' | 'none'
  /** Where the models have to be named. */
  modelIds?: string[]
}

/** Where each kind of connection finds the fake, as an administrator would type it. */
export const fakePlaces: Record<string, FakePlace> = {
  openai: { path: '/v1', auth: 'key' },
  openai_responses: { path: '/v1', auth: 'key' },
  azure_openai: {
    path: '',
    auth: 'key',
    modelIds: ['fake-echo', 'fake-think', 'fake-tools', 'fake-long:40'],
  },
  ollama: { path: '', auth: 'none' },
  google_genai: { path: '/v1beta', auth: 'key' },
  anthropic: { path: '', auth: 'key' },
}

const script = new URL('../../shared/fixtures/fake-upstream.mjs', import.meta.url).href

/** Whether it is there; where it is not, says that `tests` are skipped. */
export function hasSharedFake(tests: string): boolean {
  const isThere = existsSync(fileURLToPath(script))
  if (!isThere) console.warn(`SKIPPED: ${tests}, no ../shared/fixtures/fake-upstream.mjs`)
  return isThere
}

export async function startSharedFake(): Promise<SharedFake> {
  const { start } = (await import(script)) as {
    start(options: object): Promise<SharedFake & { server: Server }>
  }
  const fake = await start({ port: 0, quiet: true })
  // It would close idle connections after two seconds, just when its refusals want to be tried again.
  fake.server.keepAliveTimeout = 600_000
  return fake
}
