import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { AccountState } from '../../contract/accounts.ts'
import type { Role } from '../../contract/actor.ts'
import type { PreferencesPatch } from '../../contract/preferences.ts'
import type { OwnLimits } from '../../contract/users.ts'
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
    /** Limits in place of the installation's; null has none of its own. */
    limits: json<OwnLimits>('limits'),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('users_by_username').on(table.usernameKey),
    // The orders administrators read the list in: who waits comes first in each.
    index('users_by_name').on(sql`state = 'pending'`, table.usernameKey),
    index('users_by_creation').on(sql`state = 'pending'`, table.createdAt, table.id),
    index('users_by_last_seen').on(sql`state = 'pending'`, table.lastSeenAt, table.id),
    index('users_by_role').on(table.role, table.state),
    index('users_by_state').on(table.state, table.role),
    index('users_with_limits')
      .on(table.id)
      .where(sql`limits is not null`),
  ],
)

/** How many accounts there are of each kind; triggers keep it, so that nobody has to count rows. */
export const userCounts = sqliteTable(
  'user_counts',
  {
    state: text('state').$type<AccountState>().notNull(),
    role: text('role').$type<Role>().notNull(),
    count: integer('count').notNull(),
  },
  (table) => [primaryKey({ columns: [table.state, table.role] })],
)

/** Every ending of every username, kept by triggers: what a name contains begins one of them. */
export const usernameEndings = sqliteTable(
  'username_endings',
  {
    ending: text('ending').notNull(),
    userId: id<'user'>('user_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.ending, table.userId] })],
)
