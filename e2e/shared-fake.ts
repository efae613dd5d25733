import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** An upstream that speaks like every provider; faults are in its addresses. */
export interface SharedFake {
  url: string
  close(): Promise<void>
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
