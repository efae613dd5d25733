import type { ImageUrl } from '../attachments/image-urls.ts'
import type { Id } from '../contract/ids.ts'
import type { Message, MessageState } from '../contract/message.ts'
import type { ModelName, Part, StoredPart } from '../contract/parts.ts'
import type { Metrics, Usage } from '../contract/usage.ts'
import type { Bindings } from '../platform/env.ts'

/** A row as SQL gives it: JSON columns are text, siblings are a JSON list or absent. */
export interface MessageRow {
  id: Id<'message'>
  conversation_id: Id<'conversation'>
  parent_id: Id<'message'> | null
  role: 'user' | 'assistant'
  parts: string
  state: string
  model: string | null
  usage: string | null
  metrics: string | null
  continued_from: Id<'message'> | null
  superseded_by: Id<'message'> | null
  last_seq: number | null
  created_at: number
  updated_at: number
  siblings?: string
}

/** A row as it is kept: an image is named, and where it is read is decided whenever it is. */
export function toStoredMessage(row: MessageRow) {
  return {
    id: row.id,
    parentId: row.parent_id,
    role: row.role,
    parts: JSON.parse(row.parts) as StoredPart[],
    state: JSON.parse(row.state) as MessageState,
    model: row.model === null ? null : (JSON.parse(row.model) as ModelName),
    usage: row.usage === null ? null : (JSON.parse(row.usage) as Usage),
    metrics: row.metrics === null ? null : (JSON.parse(row.metrics) as Metrics),
    continuedFrom: row.continued_from,
    supersededBy: row.superseded_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

/** A row as a message, its images where they can be read now. */
export function toMessage(row: MessageRow, urlFor: ImageUrl): Message {
  const siblings = row.siblings ? (JSON.parse(row.siblings) as Id<'message'>[]) : [row.id]
  const stored = toStoredMessage(row)
  return {
    ...stored,
    conversationId: row.conversation_id,
    parts: stored.parts.map((part) =>
      part.type === 'attachment' ? { ...part, url: urlFor(part.attachmentId) } : part,
    ),
    siblings: {
      // A superseded reply has left the pager; where it is still shown it stands before the rest.
      index: Math.max(0, siblings.indexOf(row.id)),
      count: siblings.length,
      ids: siblings,
    },
    trace: null,
  }
}

/** Parts as they are stored: where an image is read is decided whenever it is. */
export function storedParts(parts: readonly Part[]): string {
  return JSON.stringify(
    parts.map((part) => (part.type === 'attachment' ? { ...part, url: undefined } : part)),
  )
}

/**
 * SQL for the thread that ends with message `?leaf` of conversation `?conversation`, nearest first,
 * at most `?limit` messages: it climbs by primary key, so a deep tree costs only what it returns.
 */
export function threadSql({
  leaf,
  conversation,
  limit,
}: Record<'leaf' | 'conversation' | 'limit', string>): string {
  return `with recursive thread (id, parent_id, depth) as (
      select id, parent_id, 1 from messages where id = ${leaf} and conversation_id = ${conversation}
      union all
      select m.id, m.parent_id, thread.depth + 1 from messages as m
        join thread on m.id = thread.parent_id where thread.depth < ${limit}
    )`
}

const siblingsSql = `(select json_group_array(s.id) from (
    select s.id from messages as s
    where s.conversation_id = m.conversation_id and s.parent_id is m.parent_id
      and s.role = m.role and s.superseded_by is null
    order by s.created_at, s.id) as s) as siblings`

/** One message of an owner's conversation with its siblings, or null. */
export async function findMessage(
  env: Bindings,
  id: Id<'message'>,
  ownerId: string,
): Promise<MessageRow | null> {
  return env.DB.prepare(
    `select m.*, ${siblingsSql} from messages as m
     join conversations as c on c.id = m.conversation_id
     where m.id = ?1 and c.owner_id = ?2`,
  )
    .bind(id, ownerId)
    .first<MessageRow>()
}

/** The last `limit` messages of the thread that ends with `leaf`, oldest first, and one more. */
export async function readThread(
  env: Bindings,
  {
    conversationId,
    leaf,
    limit,
  }: { conversationId: Id<'conversation'>; leaf: Id<'message'>; limit: number },
  urlFor: ImageUrl,
): Promise<Message[]> {
  const { results } = await env.DB.prepare(
    `${threadSql({ leaf: '?1', conversation: '?2', limit: '?3' })}
     select m.*, ${siblingsSql} from thread join messages as m on m.id = thread.id
     order by thread.depth desc`,
  )
    .bind(leaf, conversationId, limit)
    .all<MessageRow>()
  return results.map((row) => toMessage(row, urlFor))
}

/** The leaf one arrives at from `id`: the newest message below it that nothing follows. */
export async function leafBelow(
  env: Bindings,
  conversationId: Id<'conversation'>,
  id: Id<'message'>,
  /** Ids that are about to go, as a JSON list. */
  gone = '[]',
): Promise<Id<'message'> | null> {
  const row = await env.DB.prepare(
    `with recursive below (id, created_at) as (
       select id, created_at from messages where id = ?1 and conversation_id = ?2
       union all
       select m.id, m.created_at from messages as m join below on m.parent_id = below.id
       where m.conversation_id = ?2 and m.superseded_by is null
         and m.id not in (select value from json_each(?3))
     )
     select id from below
     where not exists (select 1 from messages as child
       where child.conversation_id = ?2 and child.parent_id = below.id and child.superseded_by is null
         and child.id not in (select value from json_each(?3)))
     order by created_at desc, id desc limit 1`,
  )
    .bind(id, conversationId, gone)
    .first<{ id: Id<'message'> }>()
  return row?.id ?? null
}

/** Every message below and including `id`, with the replies among them that are still open. */
export async function subtreeOf(
  env: Bindings,
  conversationId: Id<'conversation'>,
  id: Id<'message'>,
) {
  const { results } = await env.DB.prepare(
    `with recursive below (id) as (
       select id from messages where id = ?1 and conversation_id = ?2
       union all
       select m.id from messages as m join below on m.parent_id = below.id
       where m.conversation_id = ?2
     )
     select below.id, exists (select 1 from generations as g
       where g.reply_id = below.id and g.ended_at is null) as is_open from below`,
  )
    .bind(id, conversationId)
    .all<{ id: Id<'message'>; is_open: number }>()
  return results.map(({ id: found, is_open }) => ({ id: found, isOpen: is_open === 1 }))
}
