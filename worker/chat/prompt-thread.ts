import { imageRefsSql, readImageRefs, type ImageRefs } from '../attachments/image-refs.ts'
import { noUrl } from '../attachments/image-urls.ts'
import type { Id } from '../contract/ids.ts'
import type { Message } from '../contract/message.ts'
import type { Bindings } from '../platform/env.ts'
import { threadSql, toMessage, type MessageRow } from './messages.ts'

/** A thread as a prompt is made of it. */
export interface PromptThread {
  /** Root first. */
  thread: Message[]
  images: ImageRefs
}

type Row = MessageRow & { images: string | null }

/** Reads the last `limit` messages of the thread that ends with `leaf`, with what images they have. */
export function promptThreadStatement(
  env: Bindings,
  {
    conversationId,
    leaf,
    limit,
  }: { conversationId: Id<'conversation'>; leaf: Id<'message'> | null; limit: number },
): D1PreparedStatement {
  return env.DB.prepare(
    `${threadSql({ leaf: '?1', conversation: '?2', limit: '?3' })}
     select m.*, case when m.role = 'user' then ${imageRefsSql('m.id')} end as images
     from thread join messages as m on m.id = thread.id order by thread.depth desc`,
  ).bind(leaf, conversationId, limit)
}

export function toPromptThread(results: readonly unknown[]): PromptThread {
  const rows = results as readonly Row[]
  return {
    thread: rows.map((row) => toMessage(row, noUrl)),
    images: readImageRefs(rows.map(({ images }) => images)),
  }
}
