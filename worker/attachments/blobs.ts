import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'

/** How long one who set out to delete a blob may take; afterwards somebody else may go on. */
const claimMs = 60_000
const waitMs = 250
const waitsMax = 20

/** Blobs are named by what they hold, so that the same image is stored once. */
export function blobKey(sha256: string): string {
  return `images/${sha256}`
}

/**
 * Stores a blob that is not there yet and then runs `insert`, a statement that inserts the row
 * for it only while nobody is about to delete it. Afterwards there is a row and a blob.
 */
export async function storeBlob(
  env: Bindings,
  { sha256, bytes, mediaType }: { sha256: string; bytes: Uint8Array; mediaType: string },
  insert: D1PreparedStatement,
): Promise<void> {
  const key = blobKey(sha256)
  let isThere = (await env.FILES.head(key)) !== null
  for (let waits = 0; waits <= waitsMax; waits++) {
    if (!isThere) {
      await env.FILES.put(key, bytes, { httpMetadata: { contentType: mediaType }, sha256 })
    }
    const { meta } = await insert.run()
    if (meta.changes > 0) return
    await new Promise((resolve) => setTimeout(resolve, waitMs))
    // Whoever was to delete it is gone: the blob is wanted again.
    await env.DB.prepare(`delete from doomed_blobs where sha256 = ?1 and claimed_at < ?2`)
      .bind(sha256, Date.now() - claimMs)
      .run()
    isThere = false
  }
  throw new Fault('storage_unavailable', { retryAfterMs: 2_000 })
}

/** What an insert for `storeBlob` asks of the hash in `parameter`. */
export function isKept(parameter: string): string {
  return `not exists (select 1 from doomed_blobs where sha256 = ${parameter})`
}

/**
 * Deletes the blobs that are doomed, at most `limit` of them: all, or those among `hashes`. Each is
 * claimed first, so that nobody else deletes it or takes it over meanwhile. Answers how many are gone.
 */
export async function deleteDoomed(
  env: Bindings,
  now: number,
  limit: number,
  hashes: readonly string[] | null = null,
): Promise<number> {
  const { results } = await env.DB.prepare(
    `update doomed_blobs set claimed_at = ?1 where sha256 in (
       select sha256 from doomed_blobs
       where claimed_at < ?4 and (?2 is null or sha256 in (select value from json_each(?2)))
       limit ?3)
     returning sha256`,
  )
    .bind(now, hashes && JSON.stringify(hashes), limit, now - claimMs)
    .all<{ sha256: string }>()
  if (results.length === 0) return 0
  const claimed = results.map(({ sha256 }) => sha256)
  await env.FILES.delete(claimed.map(blobKey))
  await env.DB.prepare(`delete from doomed_blobs where sha256 in (select value from json_each(?1))`)
    .bind(JSON.stringify(claimed))
    .run()
  return claimed.length
}
