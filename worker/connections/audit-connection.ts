import { secretMark, type Change } from '../audit/record-audit.ts'
import type { ConnectionPatch } from '../contract/connections.ts'
import type { ConnectionRow } from './connections.ts'

const shown = [
  'name',
  'provider',
  'vendor',
  'baseUrl',
  'enabled',
  'auth',
  'azureApiVersion',
  'prefix',
  'tags',
  'modelIds',
  'capabilities',
  'numCtx',
  'order',
] as const satisfies readonly (keyof ConnectionRow)[]

/** A connection as a record of the audit names it. */
export function connectionTarget({ id, name }: Pick<ConnectionRow, 'id' | 'name'>) {
  return { type: 'connection', id, name }
}

/** What a patch made of a connection, field by field; of its secrets only that they were set. */
export function connectionChange(
  before: ConnectionRow | null,
  after: ConnectionRow,
  { apiKey, headers }: Pick<ConnectionPatch, 'apiKey' | 'headers'>,
): Pick<Change, 'before' | 'after'> {
  const changed = shown.filter(
    (field) => JSON.stringify(before?.[field]) !== JSON.stringify(after[field]),
  )
  const fieldsOf = (row: ConnectionRow) =>
    Object.fromEntries(changed.map((field) => [field, shownValue(row, field)]))
  const secretsOf = (row: ConnectionRow) => ({
    ...(apiKey !== undefined && { apiKey: secretMark(row.keyHint !== null) }),
    ...(headers && {
      headers: Object.fromEntries(row.headerNames.map((name) => [name, secretMark(true)])),
    }),
  })
  return {
    ...(before && { before: { ...fieldsOf(before), ...secretsOf(before) } }),
    after: { ...fieldsOf(after), ...secretsOf(after) },
  }
}

/** Some put a key into the query of an address. */
function shownValue(row: ConnectionRow, field: (typeof shown)[number]): unknown {
  if (field !== 'baseUrl') return row[field]
  const end = row.baseUrl.search(/[?#]/)
  return end < 0 ? row.baseUrl : `${row.baseUrl.slice(0, end)}?…`
}
