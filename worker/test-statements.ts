/** Tables that are small, or whose whole is what is asked for. */
const smallTables = new Set([
  'settings',
  'settings_revisions',
  'connections',
  // The catalog is read whole wherever it is shown.
  'models',
  'model_overrides',
  'jobs',
  'installation',
  'user_counts',
  'd1_migrations',
  // Lists of work: what is in them is to be done, and then leaves them.
  'doomed_blobs',
  'deleted_owners',
])

/** These hold few rows, and all of them are asked for. */
const partialIndexes = new Set(['generations_open', 'users_with_limits'])

/** Statements that go through more than a page of an index on purpose, by how they begin. */
const onPurpose: Record<string, string> = {
  'select count(*) as count from attachments': 'an administrator asks how many there are',
  'delete from message_attachments where message_id in': 'once a day, by a covering index',
}

/**
 * Notes every statement that the product prepares for `database` from now on: the Worker of the
 * tests lives in the same isolate. Those of the tests themselves do not count.
 */
export function recordStatements(database: D1Database): Set<string> {
  const statements = new Set<string>()
  const prototype = Object.getPrototypeOf(database) as D1Database
  // oxlint-disable-next-line typescript/unbound-method -- it is bound again below
  const { prepare } = prototype
  prototype.prepare = function (this: D1Database, sql: string) {
    if (!isOfTests(new Error('where').stack ?? '')) statements.add(sql)
    return prepare.call(this, sql)
  }
  return statements
}

/** Whether the line that called is one of a test. */
function isOfTests(stack: string): boolean {
  const caller = stack.split('\n')[2] ?? ''
  return /\.test\.ts|authorisation-actors|test-client|test-statements/.test(caller)
}

/** Which of `statements` read a table from one end to the other, and how. */
export async function scansIn(
  database: D1Database,
  statements: ReadonlySet<string>,
): Promise<{ sql: string; scans: string[] }[]> {
  const { results: tables } = await database
    .prepare(`select name from sqlite_master where type = 'table'`)
    .all<{ name: string }>()
  const names = new Set(tables.map(({ name }) => name).filter((name) => !smallTables.has(name)))
  const found: { sql: string; scans: string[] }[] = []
  for (const sql of statements) {
    const text = sql.replace(/\s+/g, ' ').trim()
    if (!isChecked(text)) continue
    const { results } = await database
      .prepare(`explain query plan ${sql}`)
      .bind(...Array<null>(parametersIn(sql)).fill(null))
      .all<{ detail: string }>()
    const plan = results.map(({ detail }) => detail)
    const scans = plan.filter((step) => isScan(step, plan, text, names))
    if (scans.length > 0) found.push({ sql: text.slice(0, 300), scans })
  }
  return found
}

function isChecked(sql: string): boolean {
  if (!/^(select|insert|update|delete|with)\b/i.test(sql)) return false
  return !Object.keys(onPurpose).some((beginning) => sql.startsWith(beginning))
}

function parametersIn(sql: string): number {
  const numbered = Array.from(sql.matchAll(/\?(\d+)/g), ([, number]) => Number(number))
  const others = sql.match(/\?(?!\d)/g) ?? []
  return Math.max(0, ...numbered) + others.length
}

/**
 * A scan of a table of any size. Reading an index in its order is none where the statement stops
 * after a few rows, and neither is reading one that holds few.
 */
function isScan(
  step: string,
  plan: readonly string[],
  sql: string,
  tables: ReadonlySet<string>,
): boolean {
  const [, name, index] = /^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?/.exec(step) ?? []
  // What a subquery has made is as long as the subquery made it.
  const isMade = plan.some(
    (other) => /^(CO-ROUTINE|MATERIALIZE) /.test(other) && other.endsWith(` ${name}`),
  )
  if (name === undefined || isMade) return false
  const [, aliased] = new RegExp(`(\\w+)"? as "?${name}\\b`, 'i').exec(sql) ?? []
  if (!tables.has(tables.has(name) ? name : (aliased ?? ''))) return false
  const stopsEarly = /\blimit\b|\bexists ?\(/i.test(sql)
  return index === undefined || (!stopsEarly && !partialIndexes.has(index))
}
