import { sqliteTable } from 'drizzle-orm/sqlite-core'
import type { ModelOverride } from '../../contract/models.ts'
import { at, id, json } from '../columns.ts'

/** Apart from the models, whose rows come and go with what a provider lists. */
export const modelOverrides = sqliteTable('model_overrides', {
  modelId: id<'model'>('model_id').primaryKey(),
  override: json<ModelOverride>('override').notNull(),
  updatedAt: at('updated_at').notNull(),
})
