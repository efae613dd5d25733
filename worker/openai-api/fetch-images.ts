import { checkImage } from '../attachments/check-image.ts'
import { imageLimits } from '../contract/image-limits.ts'
import type { AddressGuard } from '../platform/address-guard.ts'
import { resolveOverHttps } from '../platform/dns-over-https.ts'
import { deploymentOf, type Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { guardedFetch } from '../platform/guarded-fetch.ts'
import type { PromptImage } from '../providers/provider.ts'
import { invalidField } from './field-faults.ts'

const imagesMax = 16
const timeoutMs = 20_000
/** Of all together: about what fits into a call that brings its images along. */
const bytesMax = imageLimits.bytesMax

/** What a caller may be told of an address that gives no image. */
class NoImage extends Error {}

/**
 * The images at addresses a call names, for providers that do not fetch any themselves. Addresses
 * come from callers, so nothing opens private hosts. Refuses `invalid_request` with the reason.
 */
export async function fetchImages(
  env: Bindings,
  urls: readonly string[],
): Promise<ReadonlyMap<string, PromptImage>> {
  if (urls.length > imagesMax) {
    throw invalidField('messages', `Too many images to fetch: at most ${imagesMax}.`)
  }
  const guard: AddressGuard = {
    audience: 'page',
    allowPrivateHosts: false,
    allowedOrigins: [],
    resolve: deploymentOf(env).isDevelopment ? null : resolveOverHttps,
  }
  const room = { bytes: bytesMax }
  const images = await Promise.all(
    urls.map(async (url) => [url, await fetchImage(url, guard, room)] as const),
  )
  return new Map(images)
}

/** How many bytes may still come, from whichever address. */
interface Room {
  bytes: number
}

async function fetchImage(url: string, guard: AddressGuard, room: Room): Promise<PromptImage> {
  try {
    const headers = new Headers({ accept: 'image/*' })
    const signal = AbortSignal.timeout(timeoutMs)
    const response = await guardedFetch(url, { method: 'GET', headers, signal }, guard)
    if (!response.ok || !response.body) throw new NoImage(`status ${response.status}`)
    const bytes = await readBytes(response.body, room)
    const { mediaType } = checkImage(bytes)
    return { mediaType, base64: base64Of(bytes) }
  } catch (error) {
    // Whatever else is thrown is worded by the runtime, for nobody outside.
    const isKnown = error instanceof NoImage || error instanceof Fault
    const why = isKnown ? error.message : 'no reply'
    throw invalidField('messages', `Failed to fetch the image at ${url.slice(0, 200)}: ${why}`)
  }
}

async function readBytes(body: ReadableStream<Uint8Array>, room: Room): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of body as unknown as AsyncIterable<Uint8Array>) {
    length += piece.byteLength
    room.bytes -= piece.byteLength
    if (room.bytes < 0) {
      throw new NoImage(`too large: at most ${bytesMax} bytes, all images together`)
    }
    pieces.push(piece)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.byteLength
  }
  return bytes
}

const sliceBytes = 32_768

function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    text += String.fromCharCode(...bytes.subarray(at, at + sliceBytes))
  }
  return btoa(text)
}
