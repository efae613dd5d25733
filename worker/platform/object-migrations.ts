/** One step of an object's schema. The list is append-only: what has shipped never changes. */
export interface ObjectMigration {
  id: string
  sql: string
}

/** Applies what is new, in order. Synchronous, so nothing can see a half-made schema. */
export function migrateObject(sql: SqlStorage, migrations: readonly ObjectMigration[]): void {
  sql.exec('create table if not exists migrations (id text primary key) without rowid')
  const applied = new Set(
    sql
      .exec<{ id: string }>('select id from migrations')
      .toArray()
      .map(({ id }) => id),
  )
  for (const migration of migrations) {
    if (applied.has(migration.id)) continue
    sql.exec(migration.sql)
    sql.exec('insert into migrations (id) values (?)', migration.id)
  }
}
