import { eq } from 'drizzle-orm'
import type { Id } from '../contract/ids.ts'
import { openDb } from '../db/open.ts'
import { apiKeys } from '../db/schema/api-keys.ts'
import { users } from '../db/schema/users.ts'
import type { Bindings } from '../platform/env.ts'

type KeyColumns = typeof apiKeys.$inferSelect

/** A key and what a request needs to know of its owner, read together. */
export interface KeyRow {
  key: KeyColumns
  user: Pick<typeof users.$inferSelect, 'id' | 'username' | 'role' | 'state' | 'avatar' | 'limits'>
}

export async function findKey(env: Bindings, hash: string): Promise<KeyRow | null> {
  const { id, username, role, state, avatar, limits } = users
  const rows = await openDb(env)
    .select({ key: apiKeys, user: { id, username, role, state, avatar, limits } })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .where(eq(apiKeys.hash, hash))
    .limit(1)
  return rows[0] ?? null
}

/** Notes that a key is in use, unless that was noted after `unlessAfter`. */
export async function noteUse(
  env: Bindings,
  id: Id<'key'>,
  now: number,
  unlessAfter: number,
): Promise<void> {
  await env.DB.prepare(
    `update api_keys set last_used_at = ?2
     where id = ?1 and (last_used_at is null or last_used_at <= ?3)`,
  )
    .bind(id, now, unlessAfter)
    .run()
}
