import { max } from 'drizzle-orm'
import { auditStatement, type Author } from '../audit/record-audit.ts'
import type { AuditKind } from '../contract/audit.ts'
import type { Id } from '../contract/ids.ts'
import { openDb } from '../db/open.ts'
import { settings, settingsRevisions } from '../db/schema/settings.ts'
import type { Bindings } from '../platform/env.ts'
import { auditFields, recordOf, type SettingChange } from './setting-changes.ts'

export interface StoredSettings {
  /** Values by key, secrets sealed. */
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

export interface SettingsWriter {
  id: Id<'user'>
  author: Author
  kind: AuditKind
}

/** Writes one revision whole, or nothing when `base` is no longer the newest one. */
export async function writeSettings(
  env: Bindings,
  changes: readonly SettingChange[],
  { base, writer, now }: { base: number; writer: SettingsWriter; now: number },
): Promise<boolean> {
  const revision = base + 1
  const mark = crypto.randomUUID()
  // Who writes is noted first: two writers may be the same person in the same millisecond, and only
  // one of them finds the revision it goes by.
  const isMine = `exists (select 1 from installation where key = 'settingsWriter' and value = '${mark}')`
  const [, recorded] = await env.DB.batch([
    env.DB.prepare(
      `insert into installation (key, value) select 'settingsWriter', ?1
       where coalesce((select max(revision) from settings_revisions), 0) = ?2
       on conflict (key) do update set value = excluded.value`,
    ).bind(mark, base),
    env.DB.prepare(
      `insert into settings_revisions (revision, at, actor_id, changes)
       select ?1, ?2, ?3, ?4 where ${isMine}`,
    ).bind(revision, now, writer.id, JSON.stringify(changes.map(recordOf))),
    ...changes.map(({ key, after }) =>
      after === undefined
        ? env.DB.prepare(`delete from settings where key = ?1 and ${isMine}`).bind(key)
        : env.DB.prepare(
            `insert into settings (key, value) select ?1, ?2 where ${isMine}
             on conflict (key) do update set value = excluded.value`,
          ).bind(key, JSON.stringify(after)),
    ),
    auditStatement(
      env,
      { kind: writer.kind, ...auditFields(revision, changes) },
      writer.author,
      now,
      isMine,
    ),
  ])
  return recorded?.meta.changes === 1
}
