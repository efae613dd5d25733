import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Call } from '../../e2e/fake-upstream/call-log.ts'

/** The fake upstream in a process of its own, so that its work is not counted with anybody's. */
export interface UpstreamProcess {
  baseUrl: string
  calls(): Promise<Call[]>
  forget(): Promise<void>
  stop(): void
}

export async function startUpstream(): Promise<UpstreamProcess> {
  const child = spawn(process.execPath, ['e2e/fake-upstream.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const baseUrl = line.toString('utf8').trim()
  const origin = new URL(baseUrl).origin
  return {
    baseUrl,
    async calls() {
      const response = await fetch(`${origin}/log`)
      return ((await response.json()) as { calls: Call[] }).calls
    },
    async forget() {
      await fetch(`${origin}/reset`, { method: 'POST' })
    },
    stop: () => void child.kill(),
  }
}
