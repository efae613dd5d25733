import type { Product } from './product.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serverProcesses } from '../scripts/local/health.mjs'
import { membersOf } from '../scripts/local/processes.mjs'
import { discardProduct, startProduct } from './product.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => discardProduct(product))

const isWell = async () => {
  try {
    const timeout = { signal: AbortSignal.timeout(2_000) }
    const health = await fetch(`${product.origin}/api/health`, timeout)
    const models = await fetch(`${product.demoOrigin}/v1/models`, timeout)
    return health.ok && models.ok
  } catch {
    return false
  }
}

const running = () => product.groups().flatMap(membersOf)
const port = () => Number(new URL(product.origin).port)
const victims = {
  'the demo model': () => running().filter(({ command }) => command.includes('demo-model.ts')),
  'the runtime of the Worker': () => pick(serverProcesses(running(), port()).product),
  'the runtime that holds the port': () => pick(serverProcesses(running(), port()).front),
  'both runtimes': () => running().filter(({ command }) => / serve /.test(command)),
  wrangler: () => running().filter(({ command }) => command.includes('wrangler-dist')),
  'everything but the supervisor': running,
}
const pick = (pids: number[]) => running().filter(({ pid }) => pids.includes(pid))

it.each(Object.entries(victims))('heals by itself when %s is killed', async (_, choose) => {
  const chosen = choose()
  expect(chosen).not.toEqual([])
  for (const { pid } of chosen) process.kill(pid, 'SIGKILL')
  await expect.poll(isWell, { timeout: 15_000, interval: 200 }).toBe(true)
  // Half a second in which an answer came from what was about to go would prove nothing.
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  await expect.poll(isWell, { timeout: 12_000, interval: 200 }).toBe(true)
})

it('serves the page, its files and the API from one address', async () => {
  const page = await fetch(`${product.origin}/main/anything`)
  expect(page.headers.get('content-type')).toContain('text/html')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
  const absent = await fetch(`${product.origin}/assets/of-an-earlier-release.js`)
  expect(absent.status).toBe(404)
  expect(absent.headers.get('cache-control')).not.toContain('immutable')
  const health = await fetch(`${product.origin}/api/health`)
  expect(await health.json()).toMatchObject({ status: 'ok' })
})

it('leaves nothing running after Ctrl-C, and finds its data again', async () => {
  const groups = product.groups()
  expect(await product.stop('SIGINT')).toBe(0)
  expect(groups.flatMap(membersOf)).toEqual([])
  product = await startProduct({ folder: product.folder })
  expect(product.printed()).not.toContain('Preparing the database')
  expect(product.printed()).not.toContain('Building the page')
})

it('leaves nothing running even when the supervisor itself is killed, and starts again', async () => {
  const groups = product.groups()
  await product.stop('SIGKILL')
  await expect.poll(() => groups.flatMap(membersOf), { timeout: 5_000 }).toEqual([])
  product = await startProduct({ folder: product.folder })
  expect(await isWell()).toBe(true)
})

it('says so and ends when somebody else uses the folder', async () => {
  await expect(startProduct({ folder: product.folder })).rejects.toThrow('already runs')
})
