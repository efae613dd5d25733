import type { ActorId } from '../contract/actor.ts'
import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { deleteDoomed } from './blobs.ts'

/** SQL for an attachment that no message uses. */
export const unused = `not exists (select 1 from message_attachments where attachment_id = attachments.id)`

/**
 * Deletes an owner's image, and its blob with the last row. Refuses `not_found`, and `conflict`
 * while a message uses it.
 */
export async function deleteAttachment(
  env: Bindings,
  id: Id<'attachment'>,
  ownerId: ActorId,
  now: number,
): Promise<void> {
  const row = await env.DB.prepare(`select sha256 from attachments where id = ?1 and owner_id = ?2`)
    .bind(id, ownerId)
    .first<{ sha256: string }>()
  if (row === null) throw new Fault('not_found')
  const deleted = await deleteRows(env, [id])
  if (deleted === 0) throw new Fault('conflict', { state: 'used' })
  await deleteDoomed(env, now, 1, [row.sha256])
}

/**
 * Deletes those of `ids` that no message uses, and dooms the blobs that lose their last row: in one
 * batch, so that a crash afterwards leaves a blob that is known to be in excess.
 */
export async function deleteRows(env: Bindings, ids: readonly Id<'attachment'>[]): Promise<number> {
  if (ids.length === 0) return 0
  const results = await env.DB.batch(deletion(env, ids))
  return results.at(-1)?.meta.changes ?? 0
}

/** The same, also of those that messages use: what is shown instead is a placeholder. */
export async function deleteUsedRows(
  env: Bindings,
  ids: readonly Id<'attachment'>[],
): Promise<number> {
  if (ids.length === 0) return 0
  const results = await env.DB.batch([
    env.DB.prepare(
      `delete from message_attachments where attachment_id in (select value from json_each(?1))`,
    ).bind(JSON.stringify(ids)),
    ...deletion(env, ids),
  ])
  return results.at(-1)?.meta.changes ?? 0
}

function deletion(env: Bindings, ids: readonly Id<'attachment'>[]): D1PreparedStatement[] {
  const list = JSON.stringify(ids)
  const going = `attachments where id in (select value from json_each(?1)) and ${unused}`
  return [
    env.DB.prepare(
      `insert into doomed_blobs (sha256, claimed_at) select distinct gone.sha256, 0
       from (select sha256 from ${going}) as gone
       where not exists (select 1 from attachments as other where other.sha256 = gone.sha256
         and (other.id not in (select value from json_each(?1))
           or exists (select 1 from message_attachments where attachment_id = other.id)))
       on conflict do nothing`,
    ).bind(list),
    env.DB.prepare(`delete from ${going}`).bind(list),
  ]
}
