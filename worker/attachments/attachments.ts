import type { ActorId } from '../contract/actor.ts'
import type { ImageType } from '../contract/attachments.ts'
import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { isKept } from './blobs.ts'

/** A row as SQL gives it. */
export interface AttachmentRow {
  id: Id<'attachment'>
  ownerId: ActorId
  sha256: string
  mediaType: ImageType
  bytes: number
  width: number
  height: number
  name: string
  createdAt: number
}

const columns = `id, owner_id as ownerId, sha256, media_type as mediaType, bytes, width, height, name, created_at as createdAt`

export function insertStatement(env: Bindings, row: AttachmentRow): D1PreparedStatement {
  return env.DB.prepare(
    `insert into attachments (id, owner_id, sha256, media_type, bytes, width, height, name, created_at)
     select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 where ${isKept('?3')}`,
  ).bind(
    row.id,
    row.ownerId,
    row.sha256,
    row.mediaType,
    row.bytes,
    row.width,
    row.height,
    row.name,
    row.createdAt,
  )
}

export async function findAttachment(
  env: Bindings,
  id: Id<'attachment'>,
): Promise<AttachmentRow | null> {
  return env.DB.prepare(`select ${columns} from attachments where id = ?1`)
    .bind(id)
    .first<AttachmentRow>()
}

/** Reads those of `ids` that are an owner's, for a batch with whatever else is asked. */
export function attachmentsStatement(
  env: Bindings,
  ids: readonly Id<'attachment'>[],
  ownerId: string,
): D1PreparedStatement {
  return env.DB.prepare(
    `select ${columns} from attachments
     where id in (select value from json_each(?1)) and owner_id = ?2`,
  ).bind(JSON.stringify(ids), ownerId)
}

/** How many images there are, and the newest of them. */
export async function newestAttachments(
  env: Bindings,
  limit: number,
): Promise<{ count: number; newest: AttachmentRow[] }> {
  const [counted, rows] = await env.DB.batch([
    env.DB.prepare(`select count(*) as count from attachments`),
    env.DB.prepare(
      `select ${columns} from attachments order by created_at desc, id desc limit ?1`,
    ).bind(limit),
  ])
  const [{ count } = { count: 0 }] = (counted?.results ?? []) as { count: number }[]
  return { count, newest: (rows?.results ?? []) as unknown as AttachmentRow[] }
}
