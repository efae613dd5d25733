import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { blobKey, deleteDoomed } from './blobs.ts'
import { deleteRows, deleteUsedRows, unused } from './delete-attachments.ts'

const dayMs = 86_400_000
/** At most this many rows or blobs a step. */
const stepMax = 500
/** At most this many pages of blobs a run; the next one looks elsewhere. */
const pagesMax = 5

/**
 * Deletes images that no message has used for a day, and blobs without a row. Rows go before their
 * blobs, so whatever breaks off leaves only something to delete later.
 */
export async function* sweepUploads(env: Bindings, now: number): AsyncGenerator<number> {
  yield* uncounted(() => removeDanglingLinks(env))
  yield* repeated(async () => deleteRows(env, await unusedBefore(env, now - dayMs)))
  await doomStrayBlobs(env, now)
  yield* uncounted(() => deleteDoomed(env, now, stepMax))
}

/** Deletes images from before a moment, whether a message uses them or not, with their blobs. */
export async function* expireImages(
  env: Bindings,
  before: number,
  now: number,
): AsyncGenerator<number> {
  yield* repeated(async () => deleteUsedRows(env, await olderThan(env, before)))
  yield* uncounted(() => deleteDoomed(env, now, stepMax))
}

/** Takes a step again until it finds less to do than it may. */
async function* repeated(step: () => Promise<number>): AsyncGenerator<number> {
  for (;;) {
    const done = await step()
    yield done
    if (done < stepMax) return
  }
}

/** The same for what follows from something else, and is no loss of its own. */
async function* uncounted(step: () => Promise<number>): AsyncGenerator<number> {
  while ((await step()) >= stepMax) yield 0
}

async function removeDanglingLinks(env: Bindings): Promise<number> {
  const { meta } = await env.DB.prepare(
    `delete from message_attachments where message_id in (
       select used.message_id from message_attachments as used
       where not exists (select 1 from messages where id = used.message_id) limit ?1)`,
  )
    .bind(stepMax)
    .run()
  return meta.changes
}

function unusedBefore(env: Bindings, before: number): Promise<Id<'attachment'>[]> {
  return idsOf(
    env.DB.prepare(`select id from attachments where created_at < ?1 and ${unused} limit ?2`).bind(
      before,
      stepMax,
    ),
  )
}

function olderThan(env: Bindings, before: number): Promise<Id<'attachment'>[]> {
  return idsOf(
    env.DB.prepare(`select id from attachments where created_at < ?1 limit ?2`).bind(
      before,
      stepMax,
    ),
  )
}

async function idsOf(statement: D1PreparedStatement): Promise<Id<'attachment'>[]> {
  const { results } = await statement.all<{ id: Id<'attachment'> }>()
  return results.map(({ id }) => id)
}

/**
 * Finds blobs whose row was never written, over a day old. Keys are hashes, so beginning anywhere
 * among them, runs look at all of them in time however many there are.
 */
async function doomStrayBlobs(env: Bindings, now: number): Promise<void> {
  const anywhere = blobKey(crypto.randomUUID().replaceAll('-', ''))
  let startAfter: string | undefined = anywhere
  for (let pages = 0; pages < pagesMax; pages++) {
    const page: R2Objects = await env.FILES.list({
      prefix: blobKey(''),
      ...(startAfter !== undefined && { startAfter }),
    })
    const hashes = page.objects
      .filter(({ uploaded }) => uploaded.getTime() < now - dayMs)
      .map(({ key }) => key.slice(blobKey('').length))
    await doom(env, hashes)
    // Past the last one it goes on with the first, until it is where it began.
    const hasWrapped: boolean = startAfter === undefined || startAfter < anywhere
    if (!page.truncated && hasWrapped) return
    startAfter = page.truncated ? page.objects.at(-1)?.key : undefined
  }
}

async function doom(env: Bindings, hashes: readonly string[]): Promise<void> {
  if (hashes.length === 0) return
  await env.DB.prepare(
    `insert into doomed_blobs (sha256, claimed_at) select value, 0 from json_each(?1)
     where not exists (select 1 from attachments where sha256 = value) on conflict do nothing`,
  )
    .bind(JSON.stringify(hashes))
    .run()
}
