import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ActorId } from '../../contract/actor.ts'
import type { ReasoningPatch } from '../../contract/reasoning.ts'
import { at, id, json } from '../columns.ts'

export const conversations = sqliteTable(
  'conversations',
  {
    id: id<'conversation'>('id').primaryKey(),
    ownerId: text('owner_id').$type<ActorId>().notNull(),
    title: text('title'),
    titleSource: text('title_source').$type<'derived' | 'model' | 'user'>().notNull(),
    modelId: id<'model'>('model_id'),
    systemPrompt: text('system_prompt'),
    reasoning: json<ReasoningPatch>('reasoning').notNull(),
    tools: json<{ webSearch?: boolean | null }>('tools').notNull(),
    pinnedAt: at('pinned_at'),
    activeLeafId: id<'message'>('active_leaf_id'),
    messageCount: integer('message_count').notNull(),
    inputTokens: integer('input_tokens').notNull(),
    outputTokens: integer('output_tokens').notNull(),
    createdAt: at('created_at').notNull(),
    activeAt: at('active_at').notNull(),
    revision: integer('revision').notNull(),
    /** The owner's count of changes when this row last changed; what `/api/changes` goes by. */
    changeSeq: integer('change_seq').notNull(),
  },
  (table) => [
    index('conversations_by_activity').on(
      table.ownerId,
      sql`pinned_at is not null`,
      table.activeAt,
      table.id,
    ),
    index('conversations_by_change').on(table.ownerId, table.changeSeq),
  ],
)

/** Conversations that are gone, so that other tabs and devices learn of it; kept 30 days. */
export const deletedConversations = sqliteTable(
  'deleted_conversations',
  {
    id: id<'conversation'>('id').primaryKey(),
    ownerId: text('owner_id').$type<ActorId>().notNull(),
    changeSeq: integer('change_seq').notNull(),
    deletedAt: at('deleted_at').notNull(),
  },
  (table) => [
    index('deleted_conversations_by_change').on(table.ownerId, table.changeSeq),
    index('deleted_conversations_by_age').on(table.deletedAt),
  ],
)
