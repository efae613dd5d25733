import type { Bindings } from '../platform/env.ts'
import { matchesEtag } from '../platform/etag.ts'
import { Fault } from '../platform/fault.ts'
import { inlineDisposition } from './file-name.ts'

export interface StoredImage {
  key: string
  sha256: string
  /** Null takes the type it was stored with. */
  mediaType: string | null
  name: string
}

/**
 * The bytes of a stored image, inert whatever they hold: never run, never taken for another type.
 * 304 when the reader has them. Refuses `not_found` when the blob is gone.
 */
export async function serveImage(
  env: Bindings,
  { key, sha256, mediaType, name }: StoredImage,
  ifNoneMatch: string | undefined,
  cacheControl = 'private, max-age=31536000, immutable',
): Promise<Response> {
  const etag = `"${sha256}"`
  const headers = {
    ETag: etag,
    'Cache-Control': cacheControl,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Content-Disposition': inlineDisposition(name),
  }
  if (matchesEtag(ifNoneMatch, etag)) return new Response(null, { status: 304, headers })
  const blob = await env.FILES.get(key)
  if (blob === null) throw new Fault('not_found')
  const type = mediaType ?? blob.httpMetadata?.contentType ?? 'application/octet-stream'
  return new Response(blob.body, { headers: { ...headers, 'Content-Type': type } })
}
