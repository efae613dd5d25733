import { loadBase64, type ImageRef } from '../attachments/image-refs.ts'
import type { Bindings } from '../platform/env.ts'
import type { PromptImage, ProviderRequest, Turn } from '../providers/provider.ts'
import type { OrderRequest, OrderTurn } from './generation-order.ts'
import { imageWord } from './prompt-images.ts'

/**
 * What the adapter is given: the order's request, its images read from storage. One that is gone
 * since is told in words. Refuses `storage_unavailable`.
 */
export async function loadRequest(env: Bindings, request: OrderRequest): Promise<ProviderRequest> {
  const turns = await Promise.all(request.turns.map((turn) => loadTurn(env, turn)))
  return { ...request, turns }
}

async function loadTurn(env: Bindings, turn: OrderTurn): Promise<Turn> {
  if (turn.role !== 'user') return turn
  const { role, text, images: wanted = [] } = turn
  const loaded = await Promise.all(wanted.map((image) => load(env, image)))
  const words = loaded.filter((image) => typeof image === 'string')
  const images = loaded.filter((image) => typeof image !== 'string')
  return {
    role,
    text: [text, ...words].filter((line) => line !== '').join('\n'),
    ...(images.length > 0 && { images }),
  }
}

async function load(env: Bindings, image: ImageRef): Promise<PromptImage | string> {
  const base64 = await loadBase64(env, image)
  return base64 === null ? imageWord(image.name) : { mediaType: image.mediaType, base64 }
}
