import { logSchema } from '../../chat/event-log.ts'
import { migrateObject, type ObjectMigration } from '../../platform/object-migrations.ts'
import type { CallOutcome } from '../settle-call.ts'
import type { CallFacts } from './call-order.ts'

/** Where a call stands: `ended` has its last frame, `settled` is in D1. */
export type CallStage = 'running' | 'ended' | 'settled'

export interface CallRecord {
  facts: CallFacts
  stage: CallStage
  /** Provider calls made while nothing was shown. */
  attempts: number
  /** How often its runtime was lost. */
  recoveries: number
  isCancelled: boolean
  /** Why there is no answer, or only a part of one. */
  fault: { code: string; members: Record<string, unknown> } | null
  outcome: CallOutcome | null
  /** Once it has ended, whether there was anything of an answer. */
  hasShown: boolean | null
  settleTries: number
}

/** A text that is kept beside the log: what was asked, and an answer in one piece. */
export type TextName = 'material' | 'reply' | 'packed'

const migrations: readonly ObjectMigration[] = [
  {
    id: '001-call-and-log',
    sql: `create table call (id integer primary key check (id = 1), record text not null);
          create table texts (name text not null, part integer not null, body text not null,
            primary key (name, part)) without rowid;
          ${logSchema};`,
  },
]

/** A row may have 2 MB, and a character takes up to three bytes. */
const partCharactersMax = 600_000

/** What an object keeps about its one call, in its own SQLite. */
export class CallStore {
  readonly #sql: SqlStorage
  #record: CallRecord | null

  private constructor(sql: SqlStorage) {
    this.#sql = sql
    migrateObject(sql, migrations)
    const row = sql.exec<{ record: string }>('select record from call').toArray()[0]
    this.#record = row ? (JSON.parse(row.record) as CallRecord) : null
  }

  /** The store of an object that has a call; asking leaves nothing behind in one that has none. */
  static existing(sql: SqlStorage): CallStore | null {
    const tables = sql.exec(`select 1 from sqlite_master where name = 'call'`).toArray()
    const store = tables.length === 0 ? null : new CallStore(sql)
    return store !== null && store.#record !== null ? store : null
  }

  static create(sql: SqlStorage, facts: CallFacts): CallStore {
    const store = new CallStore(sql)
    store.#write({
      facts,
      stage: 'running',
      attempts: 0,
      recoveries: 0,
      isCancelled: false,
      fault: null,
      outcome: null,
      hasShown: null,
      settleTries: 0,
    })
    return store
  }

  get record(): CallRecord {
    if (this.#record === null) throw new Error('This object has no call.')
    return this.#record
  }

  update(fields: Partial<CallRecord>): void {
    this.#write({ ...this.record, ...fields })
  }

  #write(record: CallRecord): void {
    this.#record = record
    this.#sql.exec('insert or replace into call (id, record) values (1, ?)', JSON.stringify(record))
  }

  text(name: TextName): string | null {
    const parts = this.#sql
      .exec<{ body: string }>('select body from texts where name = ? order by part', name)
      .toArray()
    return parts.length === 0 ? null : parts.map(({ body }) => body).join('')
  }

  keep(name: TextName, text: string): void {
    this.drop(name)
    for (let at = 0, part = 0; part === 0 || at < text.length; part++) {
      // A character of two units stays whole: halves of it are no text.
      const isCut = /[\ud800-\udbff]/.test(text[at + partCharactersMax - 1] ?? '')
      const end = at + partCharactersMax - (isCut ? 1 : 0)
      const body = text.slice(at, end)
      this.#sql.exec('insert into texts (name, part, body) values (?, ?, ?)', name, part, body)
      at = end
    }
  }

  drop(name: TextName): void {
    this.#sql.exec('delete from texts where name = ?', name)
  }
}
