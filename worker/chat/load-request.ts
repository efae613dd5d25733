import { imageBytes, openImage, type ImageRef } from '../attachments/image-refs.ts'
import type { Bindings } from '../platform/env.ts'
import type { ProviderRequest, Turn } from '../providers/provider.ts'
import type { OrderRequest, OrderTurn } from './generation-order.ts'
import { fillIn, type Gap } from './fill-in.ts'
import { imageWord } from './prompt-images.ts'

/** An order's request as an adapter takes it. */
export interface LoadedRequest {
  /** In the place of each image there is a word nobody else knows. */
  request: ProviderRequest
  /** What is sent of a body made from the request: the images themselves, read as they are sent. */
  bodyOf(body: string): string | ReadableStream<Uint8Array>
}

/**
 * Makes a request of an order without reading its images: sixty megabytes of them do not fit into
 * memory thrice. One whose blob is gone is told in words. Refuses `storage_unavailable`.
 */
export async function loadRequest(env: Bindings, request: OrderRequest): Promise<LoadedRequest> {
  const gaps: Gap[] = []
  const secret = crypto.randomUUID()
  const turns = await Promise.all(
    request.turns.map((turn) => loadTurn(env, turn, (gap) => gaps.push(gap), secret)),
  )
  return { request: { ...request, turns }, bodyOf: (body) => fillIn(body, gaps) }
}

async function loadTurn(
  env: Bindings,
  turn: OrderTurn,
  note: (gap: Gap) => void,
  secret: string,
): Promise<Turn> {
  if (turn.role !== 'user' || !turn.images) return turn as Turn
  const found = await Promise.all(
    turn.images.map(async (image) => ({ image, bytes: await imageBytes(env, image) })),
  )
  const gone = found.filter(({ bytes }) => bytes === null)
  const images = found.flatMap(({ image, bytes }) => {
    if (bytes === null) return []
    const word = wordFor(image, secret)
    note({ word, bytes, open: () => openImage(env, image) })
    return { mediaType: image.mediaType, base64: word }
  })
  return {
    role: 'user',
    text: [turn.text, ...gone.map(({ image }) => imageWord(image.name))]
      .filter((line) => line !== '')
      .join('\n'),
    ...(images.length > 0 && { images }),
  }
}

function wordFor({ sha256 }: ImageRef, secret: string): string {
  return `image-${sha256}-${secret}`
}
