import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { atMost, type Figure } from '../figures.ts'
import { residentBytes } from '../process-usage.ts'
import { readAnswer } from './answer.ts'
import { newKey } from './load.ts'
import { onStage, type ProductDoor } from './stage.ts'

/** About a megabyte of text, as fast as it can be had. */
const model = 'tokens:140000'
const readers = 60
const bytesPerSecond = 20_000

/** What the runtime holds for readers far slower than the answer they read. */
export async function measureSlowReader(): Promise<Figure[]> {
  const play = ({ product }: { product: ProductDoor }) => measure(product)
  return onStage([model], play, ['product'])
}

async function measure(product: ProductDoor): Promise<Figure[]> {
  // Twice without, so that what the answer itself takes is held already.
  for (let round = 0; round < 2; round++) await readAnswer(product.ask(model, newKey()))
  await sleep(3_000)
  const before = residentBytes(product.pids)
  const { visitor, body, question } = product.send(model, newKey())
  const leaving = new AbortController()
  let read = 0
  const quick = readAnswer(question)
  await sleep(500)
  const headers = { cookie: visitor.cookie }
  const url = `${product.runtime.origin}/api/chat/stream/${body.replyId}`
  for (let index = 0; index < readers; index++) {
    const onResponse = (response: IncomingMessage) => {
      response.on('data', (text: string) => (read += text.length))
      slowDown(response, leaving.signal)
    }
    readAnswer({ url, headers }, { onResponse, signal: leaving.signal }).catch(() => {})
  }
  const { bytes } = await quick
  await sleep(3_000)
  const held = (residentBytes(product.pids) - before) / readers / 1_024
  leaving.abort()
  const share = Math.round(read / readers / 1_000)
  return [
    {
      measure: `held for each of ${readers} readers at 20 kB/s of a fast answer`,
      unit: 'KB',
      product: held,
      goal: atMost(held, 1_024),
      note: `they had read ${share} of ${Math.round(bytes / 1_000)} kB; what the kernel's socket buffers take is not the runtime's`,
    },
  ]
}

/** Lets a response flow only as often as its share of bytes allows. */
function slowDown(response: IncomingMessage, signal: AbortSignal): void {
  let allowed = 0
  let taken = 0
  response.on('data', (text: string) => {
    taken += text.length
    if (taken >= allowed) response.pause()
  })
  const timer = setInterval(() => {
    allowed += bytesPerSecond / 10
    if (taken < allowed) response.resume()
  }, 100)
  const end = () => clearInterval(timer)
  response.on('close', end)
  signal.addEventListener('abort', end)
}
