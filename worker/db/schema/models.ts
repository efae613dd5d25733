import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { CapabilityFlag } from '../../contract/models.ts'
import { at, id, json } from '../columns.ts'

/** What the provider's list said of a model. */
export interface ListedMetadata {
  label: string | null
  /** The model behind the raw id, where that is only a name somebody gave it. */
  baseModel?: string | null
  kind: 'chat' | 'embedding' | 'both' | null
  contextWindow: number | null
  outputTokens: number | null
  capabilities: Partial<Record<CapabilityFlag, boolean>>
}

export const models = sqliteTable(
  'models',
  {
    /** Derived from connection and raw id, so a model that returns is the same model. */
    id: id<'model'>('id').primaryKey(),
    connectionId: id<'connection'>('connection_id').notNull(),
    rawId: text('raw_id').notNull(),
    metadata: json<ListedMetadata>('metadata').notNull(),
    fetchedAt: at('fetched_at').notNull(),
    goneAt: at('gone_at'),
  },
  (table) => [index('models_by_connection').on(table.connectionId)],
)
