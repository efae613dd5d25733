import { sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { AccountState } from '../../contract/accounts.ts'
import type { Role } from '../../contract/actor.ts'
import type { PreferencesPatch } from '../../contract/preferences.ts'
import { at, id, json } from '../columns.ts'

export const users = sqliteTable(
  'users',
  {
    id: id<'user'>('id').primaryKey(),
    username: text('username').notNull(),
    /** Lower case: usernames are unique without case. */
    usernameKey: text('username_key').notNull(),
    passwordHash: text('password_hash').notNull(),
    role: text('role').$type<Role>().notNull(),
    state: text('state').$type<AccountState>().notNull(),
    note: text('note'),
    reason: text('reason'),
    decidedAt: at('decided_at'),
    decidedBy: id<'user'>('decided_by'),
    lastSeenAt: at('last_seen_at'),
    /** Only what differs from the defaults. */
    preferences: json<PreferencesPatch>('preferences').notNull(),
    /** The hash of the picture that stands for them. */
    avatar: text('avatar'),
    createdAt: at('created_at').notNull(),
  },
  (table) => [uniqueIndex('users_by_username').on(table.usernameKey)],
)
