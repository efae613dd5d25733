import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** An upstream that speaks like every provider; faults are in its addresses. */
export interface SharedFake {
  url: string
  close(): Promise<void>
}

interface FakePlace {
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
  const { start } = (await import(script)) as { start(options: object): Promise<SharedFake> }
  return start({ port: 0, quiet: true })
}
