import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Floor } from './floors.ts'

const startMs = 15_000

/** The gateway product is compared with, as it comes from the registry, in a process of its own. */
export async function startPortkey(): Promise<Floor> {
  const manifest = createRequire(import.meta.url).resolve('@portkey-ai/gateway/package.json')
  const port = await freePort()
  const preload = import.meta.resolve('./mutable-replies.ts')
  const server = join(dirname(manifest), 'build/start-server.js')
  const child = spawn(
    process.execPath,
    ['--import', preload, server, '--headless', `--port=${port}`],
    { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_ENV: 'production' } },
  )
  const origin = `http://127.0.0.1:${port}`
  await untilUp(origin)
  return { origin, pids: [child.pid!], stop: () => stopped(child) }
}

/** What tells Portkey where a call goes. */
export function portkeyHeaders(baseUrl: string): Record<string, string> {
  return {
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': baseUrl,
    authorization: 'Bearer none',
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function untilUp(origin: string): Promise<void> {
  const endsAt = Date.now() + startMs
  for (;;) {
    const reply = await fetch(origin).catch(() => null)
    await reply?.body?.cancel()
    if (reply?.ok) return
    if (Date.now() > endsAt) throw new Error('Portkey did not start.')
    await sleep(100)
  }
}

async function stopped(child: ReturnType<typeof spawn>): Promise<void> {
  const ended = once(child, 'exit')
  child.kill()
  await ended
}
