import type { Usage } from '../contract/usage.ts'
import { migrateObject, type ObjectMigration } from '../platform/object-migrations.ts'
import { logSchema } from './event-log.ts'
import type { RunFacts } from './generation-order.ts'

/** Where a run stands: `ended` has its terminal event, `settled` is in D1, `cleared` has no log. */
export type RunStage = 'running' | 'ended' | 'settled' | 'cleared'

export interface RunRecord {
  facts: RunFacts
  stage: RunStage
  /** Provider calls made while nothing was shown. */
  attempts: number
  cancelledBy: 'user' | 'admin' | null
  firstDeltaAt: number | null
  fallback: boolean
  endedAt: number | null
  /** The settled figures, once it has ended. */
  usage: Usage | null
  /** Failed tries to write the end to D1. */
  settleTries: number
}

const migrations: readonly ObjectMigration[] = [
  {
    id: '001-run-and-log',
    sql: `create table run (id integer primary key check (id = 1), record text not null);
          ${logSchema};`,
  },
]

/** What an object keeps about its one run, in its own SQLite. */
export class RunStore {
  readonly #sql: SqlStorage
  #record: RunRecord | null

  private constructor(sql: SqlStorage) {
    this.#sql = sql
    migrateObject(sql, migrations)
    const row = sql.exec<{ record: string }>('select record from run').toArray()[0]
    this.#record = row ? (JSON.parse(row.record) as RunRecord) : null
  }

  /** The store of an object that has a run; asking leaves nothing behind in one that has none. */
  static existing(sql: SqlStorage): RunStore | null {
    const tables = sql.exec(`select 1 from sqlite_master where name = 'run'`).toArray()
    const store = tables.length === 0 ? null : new RunStore(sql)
    return store !== null && store.#record !== null ? store : null
  }

  /** Makes the tables, so that the first event need not wait for them. */
  static prepare(sql: SqlStorage): void {
    new RunStore(sql)
  }

  static create(sql: SqlStorage, facts: RunFacts, cancelledBy: RunRecord['cancelledBy']): RunStore {
    const store = new RunStore(sql)
    store.write({
      facts,
      stage: 'running',
      attempts: 0,
      cancelledBy,
      firstDeltaAt: null,
      fallback: false,
      endedAt: null,
      usage: null,
      settleTries: 0,
    })
    return store
  }

  get record(): RunRecord {
    if (this.#record === null) throw new Error('This object has no run.')
    return this.#record
  }

  write(record: RunRecord): void {
    this.#record = record
    this.#sql.exec('insert or replace into run (id, record) values (1, ?)', JSON.stringify(record))
  }

  update(fields: Partial<RunRecord>): void {
    this.write({ ...this.record, ...fields })
  }
}
