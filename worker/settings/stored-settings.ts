import { max } from 'drizzle-orm'
import type { Id } from '../contract/ids.ts'
import { openDb } from '../db/open.ts'
import { settings, settingsRevisions } from '../db/schema/settings.ts'
import type { Bindings } from '../platform/env.ts'

export interface StoredSettings {
  overrides: Record<string, unknown>
  revision: number
}

/** The overrides in force and the number of the last change; 0 before the first one. */
export async function readStoredSettings(env: Bindings): Promise<StoredSettings> {
  const db = openDb(env)
  const [rows, newest] = await db.batch([
    db.select().from(settings),
    db.select({ revision: max(settingsRevisions.revision) }).from(settingsRevisions),
  ])
  const overrides: Record<string, unknown> = {}
  for (const { key, value } of rows) {
    try {
      overrides[key] = JSON.parse(value)
    } catch {
      // An unreadable value counts as the default, like one that no longer fits.
    }
  }
  return { overrides, revision: newest[0]?.revision ?? 0 }
}

export interface SettingChange {
  key: string
  before: unknown
  /** Undefined returns the key to its default. */
  after: unknown
}

/** Writes one revision whole, or nothing when `base` is no longer the newest one. */
export async function writeSettings(
  env: Bindings,
  {
    changes,
    base,
    actorId,
    now,
  }: {
    changes: readonly SettingChange[]
    base: number
    actorId: Id<'user'>
    now: number
  },
): Promise<boolean> {
  const revision = base + 1
  const record = changes.map(({ key, before, after }) => ({ key, before, after: after ?? null }))
  const mine = `exists (select 1 from settings_revisions where revision = ?1 and actor_id = ?2 and at = ?3)`
  const statements = [
    env.DB.prepare(
      `insert into settings_revisions (revision, at, actor_id, changes)
       select ?1, ?3, ?2, ?4
       where coalesce((select max(revision) from settings_revisions), 0) = ?1 - 1`,
    ).bind(revision, actorId, now, JSON.stringify(record)),
    ...changes.map(({ key, after }) =>
      after === undefined
        ? env.DB.prepare(`delete from settings where key = ?4 and ${mine}`).bind(
            revision,
            actorId,
            now,
            key,
          )
        : env.DB.prepare(
            `insert into settings (key, value) select ?4, ?5 where ${mine}
             on conflict (key) do update set value = excluded.value`,
          ).bind(revision, actorId, now, key, JSON.stringify(after)),
    ),
  ]
  const [reserved] = await env.DB.batch(statements)
  return reserved?.meta.changes === 1
}
