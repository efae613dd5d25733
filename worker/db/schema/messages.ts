import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { MessageState } from '../../contract/message.ts'
import type { ModelName, Part } from '../../contract/parts.ts'
import type { Metrics, Usage } from '../../contract/usage.ts'
import { at, id, json } from '../columns.ts'

export const messages = sqliteTable(
  'messages',
  {
    id: id<'message'>('id').primaryKey(),
    conversationId: id<'conversation'>('conversation_id').notNull(),
    parentId: id<'message'>('parent_id'),
    role: text('role').$type<'user' | 'assistant'>().notNull(),
    parts: json<Part[]>('parts').notNull(),
    state: json<MessageState>('state').notNull(),
    model: json<ModelName>('model'),
    usage: json<Usage>('usage'),
    metrics: json<Metrics>('metrics'),
    continuedFrom: id<'message'>('continued_from'),
    supersededBy: id<'message'>('superseded_by'),
    /** The seq of the terminal event, under which a late reader is served. */
    lastSeq: integer('last_seq'),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  // One index for children of a message, roots of a conversation and all of a conversation.
  (table) => [index('messages_by_parent').on(table.conversationId, table.parentId)],
)
