import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What is wrong with a migration, in sentences; nothing when it is safe. D1 runs a migration
 * inside a transaction, where `foreign_keys=OFF` does nothing: rebuilding a table the usual way
 * then deletes the rows of all tables that refer to it with ON DELETE CASCADE, silently.
 */
export function dangersIn(sql: string): string[] {
  const text = withoutComments(sql)
  const dangers: string[] = []
  if (/\bon\s+delete\s+cascade\b/i.test(text)) {
    dangers.push('ON DELETE CASCADE deletes rows nobody asked to delete; delete them by hand')
  }
  if (/\bforeign_keys\s*=\s*(off|0|false|no)\b/i.test(text)) {
    dangers.push('foreign_keys=OFF does nothing in D1; use PRAGMA defer_foreign_keys=ON')
  }
  const rebuilt = /\bdrop\s+table\b/i.exec(text) ?? /__new_/i.exec(text)
  if (rebuilt && !isDeferredBefore(text, rebuilt.index)) {
    dangers.push('dropping or rebuilding a table needs PRAGMA defer_foreign_keys=ON before it')
  }
  return dangers
}

/** The dangers of all migrations of a folder, each with its file. */
export function dangersUnder(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .flatMap((name) =>
      dangersIn(readFileSync(join(folder, name), 'utf8')).map((danger) => `${name}: ${danger}`),
    )
}

function isDeferredBefore(text: string, index: number): boolean {
  const deferred = /\bpragma\s+defer_foreign_keys\s*=\s*(on|1|true|yes)\b/i.exec(text)
  return deferred !== null && deferred.index < index
}

function withoutComments(sql: string): string {
  return sql.replace(/--.*$/gm, '').replace(/\/\*[^]*?\*\//g, '')
}

if (import.meta.main) {
  const dangers = dangersUnder('migrations')
  for (const danger of dangers) console.error(danger)
  process.exitCode = dangers.length > 0 ? 1 : 0
}
