import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { at, id, json } from '../columns.ts'

/** Overrides only; a key that is not here has the default of the registry. */
export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
})

/** Every write to the settings, oldest first; the newest number is the revision in force. */
export const settingsRevisions = sqliteTable('settings_revisions', {
  revision: integer('revision').primaryKey(),
  at: at('at').notNull(),
  actorId: id<'user'>('actor_id').notNull(),
  /** A side that is not there was or became the default. */
  changes: json<{ key: string; before?: unknown; after?: unknown }[]>('changes').notNull(),
})
