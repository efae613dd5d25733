import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ProviderId, Vendor } from '../../contract/connections.ts'
import type { CapabilityFlag } from '../../contract/models.ts'
import type { Problem } from '../../contract/problems.ts'
import { at, flag, id, json } from '../columns.ts'

export const connections = sqliteTable('connections', {
  id: id<'connection'>('id').primaryKey(),
  name: text('name').notNull(),
  provider: text('provider').$type<ProviderId>().notNull(),
  vendor: text('vendor').$type<Vendor>().notNull(),
  baseUrl: text('base_url').notNull(),
  enabled: flag('enabled').notNull(),
  auth: text('auth').$type<'key' | 'none'>().notNull(),
  /** API key and header values, sealed; null when there are none. */
  credentials: text('credentials'),
  keyHint: text('key_hint'),
  headerNames: json<string[]>('header_names').notNull(),
  azureApiVersion: text('azure_api_version'),
  prefix: text('prefix'),
  tags: json<string[]>('tags').notNull(),
  modelIds: json<string[]>('model_ids').notNull(),
  capabilities: json<Partial<Record<CapabilityFlag, boolean | null>>>('capabilities').notNull(),
  numCtx: integer('num_ctx'),
  order: integer('order').notNull(),
  withoutStreamOptions: flag('without_stream_options').notNull(),
  checkedAt: at('checked_at'),
  ok: flag('ok'),
  problem: json<Problem>('problem'),
  createdAt: at('created_at').notNull(),
  updatedAt: at('updated_at').notNull(),
})
