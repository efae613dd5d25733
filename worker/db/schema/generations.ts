import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ActorId } from '../../contract/actor.ts'
import type { Generate } from '../../contract/chat.ts'
import type { ProblemCode } from '../../contract/problems.ts'
import { at, flag, id, json } from '../columns.ts'

/** The request as it can be run again; its text is in the message, its history in the thread. */
export type StoredRequest = Pick<Generate, 'mode' | 'reasoning' | 'context' | 'custom'> & {
  language: 'en' | 'zh'
  /** Whether it took a unit of the quota. */
  costs: boolean
}

/**
 * The run that writes one reply, from its reservation to its settlement; afterwards the record of
 * what was used. It outlives the message, the conversation and the account.
 */
export const generations = sqliteTable(
  'generations',
  {
    replyId: id<'message'>('reply_id').primaryKey(),
    kind: text('kind').$type<'chat' | 'title' | 'v1' | 'embedding'>().notNull(),
    ownerId: text('owner_id').$type<ActorId>(),
    /** The API key it was asked for with. */
    keyId: id<'key'>('key_id'),
    conversationId: id<'conversation'>('conversation_id').notNull(),
    messageId: id<'message'>('message_id').notNull(),
    modelId: id<'model'>('model_id').notNull(),
    modelName: text('model_name').notNull(),
    connectionId: id<'connection'>('connection_id').notNull(),
    /** Marks the request that made this row, so that a repeat in the same batch changes nothing. */
    nonce: text('nonce').notNull(),
    /** A hash of what was asked: the same id with another one is `id_conflict`. */
    fingerprint: text('fingerprint').notNull(),
    request: json<StoredRequest>('request'),
    /** The quota day it counts on, also when it ends on another one. */
    quotaDay: text('quota_day').notNull(),
    /** The counters its unit was taken from; null before there was more than its owner's. */
    quotaSubjects: json<string[]>('quota_subjects'),
    refunded: flag('refunded').notNull(),
    state: text('state')
      .$type<'open' | 'complete' | 'cancelled' | 'interrupted' | 'failed'>()
      .notNull(),
    problemCode: text('problem_code').$type<ProblemCode>(),
    inputTokens: integer('input_tokens'),
    outputTokens: integer('output_tokens'),
    reasoningTokens: integer('reasoning_tokens'),
    cachedTokens: integer('cached_tokens'),
    totalTokens: integer('total_tokens'),
    usageSource: text('usage_source').$type<'provider' | 'estimate'>(),
    firstTokenMs: integer('first_token_ms'),
    durationMs: integer('duration_ms'),
    attempts: integer('attempts'),
    acceptedAt: at('accepted_at').notNull(),
    endedAt: at('ended_at'),
  },
  (table) => [
    index('generations_open')
      .on(table.ownerId, table.conversationId)
      .where(sql`ended_at is null`),
    index('generations_by_age').on(table.acceptedAt),
    index('generations_by_owner').on(table.ownerId, table.acceptedAt),
  ],
)
