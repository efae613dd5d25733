import { newKey } from './load.ts'
import { portkeyHeaders, startPortkey } from './portkey.ts'
import { onStage, plainDoor, type Door, type ProductDoor } from './stage.ts'
import type { UpstreamProcess } from './upstream-process.ts'
import { readAnswer, type Question } from './answer.ts'

/** What can be asked of the product with a key of its API. */
export interface ApiDoors {
  chat: Door
  /** A response that is kept: the work of an object. */
  responses: Door
}

export interface GatewayStage {
  upstream: UpstreamProcess
  direct: Door
  /** The direct way, the bare Workers, the product and Portkey. */
  doors: Door[]
  api: ApiDoors
}

/** Sets everything that passes a chat completion on in front of one upstream, and plays `act`. */
export async function onGateways<T>(
  models: readonly string[],
  act: (stage: GatewayStage) => Promise<T>,
): Promise<T> {
  return onStage(
    models,
    async ({ upstream, doors, product }) => {
      const portkey = await startPortkey()
      try {
        const api = await apiDoors(product)
        const [direct, ...floors] = doors as [Door, ...Door[]]
        const url = `${portkey.origin}/v1/chat/completions`
        const other = plainDoor('portkey', url, portkey.pids, portkeyHeaders(upstream.baseUrl))
        return await act({ upstream, direct, api, doors: [direct, ...floors, api.chat, other] })
      } finally {
        await portkey.stop()
      }
    },
    ['direct', 'pipe', 'reader'],
  )
}

/** Makes a key without a limit, as its owner would. */
export async function apiDoors(product: ProductDoor): Promise<ApiDoors> {
  const owner = product.visitors[0]!
  const values = { 'api.requestsPerMinute': null }
  await owner.json('/api/settings', { method: 'PATCH', body: { values } })
  const { secret } = await owner.json<{ secret: string }>('/api/api-keys', {
    body: { name: 'bench' },
  })
  const headers = { authorization: `Bearer ${secret}` }
  const { origin } = product.runtime
  const chat = plainDoor('product', `${origin}/v1/chat/completions`, product.pids, headers)
  const responses = (model: string, key: string): Question => ({
    url: `${origin}/v1/responses`,
    headers,
    body: JSON.stringify({ model, input: key, stream: true, store: true }),
  })
  return { chat, responses: { ...chat, ask: responses } }
}

/** A few answers that nobody counts. */
export async function warmUp(doors: readonly Door[], model: string): Promise<void> {
  for (const door of doors) {
    await Promise.all(Array.from({ length: 5 }, () => readAnswer(door.ask(model, newKey()))))
  }
}
