import { desc, eq, lt } from 'drizzle-orm'
import type { SettingsRevision } from '../contract/settings.ts'
import { openDb } from '../db/open.ts'
import { settingsRevisions } from '../db/schema/settings.ts'
import { users } from '../db/schema/users.ts'
import type { Bindings } from '../platform/env.ts'
import { showChange, type RecordedChange } from './setting-changes.ts'

/** The writes to the settings before a revision, the newest first. */
export async function listRevisions(
  env: Bindings,
  { before, limit }: { before: number | null; limit: number },
): Promise<SettingsRevision[]> {
  const rows = await openDb(env)
    .select({
      revision: settingsRevisions.revision,
      at: settingsRevisions.at,
      actorId: settingsRevisions.actorId,
      actorName: users.username,
      changes: settingsRevisions.changes,
    })
    .from(settingsRevisions)
    .leftJoin(users, eq(users.id, settingsRevisions.actorId))
    .where(before === null ? undefined : lt(settingsRevisions.revision, before))
    .orderBy(desc(settingsRevisions.revision))
    .limit(limit)
  return rows.map(({ revision, at, actorId, actorName, changes }) => ({
    revision,
    at,
    actor: { id: actorId, name: actorName },
    changes: changes.map(showChange),
  }))
}

/** The first change after a revision of each key that was changed since: what it was then, it says. */
export async function firstChangesSince(
  env: Bindings,
  revision: number,
): Promise<RecordedChange[]> {
  // Beside a minimum, SQLite takes the other columns from the row that has it.
  const { results } = await env.DB.prepare(
    `select min(revision) as revision, entry.value as change
     from settings_revisions, json_each(changes) as entry
     where revision > ?1 group by entry.value ->> 'key'`,
  )
    .bind(revision)
    .all<{ change: string }>()
  return results.map(({ change }) => JSON.parse(change) as RecordedChange)
}
