import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isFree } from '../scripts/local/ports.mjs'

/** AIChat as `npm start` runs it, with a database of its own, empty at first. */
export interface Product {
  origin: string
  /** The demo model's address; one port above the product. */
  demoOrigin: string
  folder: string
  /** The process `npm start` would be. */
  pid: number
  /** What has been printed so far. */
  printed: () => string
  /** Process groups started by the supervisor. */
  groups: () => number[]
  stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

const configuration = ['package.json', 'package-lock.json', 'tsconfig.base.json', 'wrangler.toml']
const sources = ['migrations', 'scripts', 'web', 'worker']
const startMs = 90_000

/**
 * Starts a product in a folder of its own. With `folder`, starts the one of an earlier product
 * again, on its data. Requests are not damped unless asked for.
 */
export async function startProduct(
  options: { folder?: string; damping?: 'off' | 'on' } = {},
): Promise<Product> {
  const folder = options.folder ?? copyOfProduct()
  const port = await freePort()
  const env = { ...process.env, PORT: String(port), DAMPING: options.damping ?? 'off' }
  const child = spawn('node', [join(folder, 'scripts/start.mjs')], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  child.stdout.on('data', (text) => (printed += text))
  child.stderr.on('data', (text) => (printed += text))
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  const product: Product = {
    origin: `http://localhost:${port}`,
    demoOrigin: `http://127.0.0.1:${port + 1}`,
    folder,
    pid: child.pid ?? 0,
    printed: () => printed,
    groups: () => JSON.parse(readFileSync(join(folder, '.aichat/running.json'), 'utf8')).groups,
    stop: (signal = 'SIGINT') => {
      child.kill(signal)
      return ended
    },
  }
  const deadline = Date.now() + startMs
  while (!printed.includes(product.origin)) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`AIChat did not start:\n${printed}`)
    }
    await sleep(50)
  }
  return product
}

/** Stops a product and forgets its data. */
export async function discardProduct(product: Product | undefined): Promise<void> {
  await product?.stop()
  if (product) rmSync(product.folder, { recursive: true, force: true })
}

function copyOfProduct(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'aichat-e2e-')))
  for (const part of [...configuration, ...sources]) {
    cpSync(part, join(folder, part), {
      recursive: true,
      filter: (path) => !/(^|\/)(node_modules|\.wrangler)(\/|$)/.test(path),
    })
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  return folder
}

/** Those of one worker, so that two at once never find the same ports free. */
const firstPort = 21_000 + 1_000 * (Number(process.env.VITEST_POOL_ID ?? 0) % 20)
let nextPort = firstPort + (process.pid % 300) * 2

/** A port with a free neighbour: the demo model takes the next one. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = nextPort
    nextPort = port + 2 < firstPort + 1_000 ? port + 2 : firstPort
    if ((await isFree(port)) && (await isFree(port + 1))) return port
  }
}
