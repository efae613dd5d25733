import { expect, it } from 'vitest'
import { dangersIn, dangersUnder } from './migration-guard.ts'

const rebuild = `
CREATE TABLE \`__new_users\` (id text);--> statement-breakpoint
INSERT INTO \`__new_users\` SELECT id FROM \`users\`;--> statement-breakpoint
DROP TABLE \`users\`;--> statement-breakpoint
ALTER TABLE \`__new_users\` RENAME TO \`users\`;`

it('lets new tables, columns and indexes pass', () => {
  const sql = `CREATE TABLE \`a\` (\`b\` text REFERENCES c(id) ON UPDATE no action ON DELETE no action);
    ALTER TABLE \`a\` ADD \`d\` integer; CREATE INDEX \`i\` ON \`a\` (\`d\`);`
  expect(dangersIn(sql)).toEqual([])
})

it('refuses rows that vanish with others', () => {
  expect(
    dangersIn('… FOREIGN KEY (`u`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade'),
  ).toEqual([expect.stringContaining('ON DELETE CASCADE')])
})

it('refuses a rebuilt or dropped table unless its references are deferred first', () => {
  expect(dangersIn(rebuild)).toEqual([expect.stringContaining('defer_foreign_keys')])
  expect(dangersIn('DROP TABLE `old`;')).toHaveLength(1)
  expect(dangersIn(`PRAGMA defer_foreign_keys=ON;--> statement-breakpoint${rebuild}`)).toEqual([])
  expect(dangersIn(`${rebuild} PRAGMA defer_foreign_keys=ON;`)).toHaveLength(1)
})

it('refuses what drizzle-kit writes around a rebuild', () => {
  expect(dangersIn(`PRAGMA foreign_keys=OFF;--> statement-breakpoint${rebuild}`)).toHaveLength(2)
})

it('is not impressed by comments', () => {
  expect(dangersIn('-- no ON DELETE CASCADE here\n/* DROP TABLE x */ SELECT 1')).toEqual([])
  expect(dangersIn(`-- PRAGMA defer_foreign_keys=ON\n${rebuild}`)).toHaveLength(1)
})

it('finds nothing in the migrations there are', () => {
  expect(dangersUnder('migrations')).toEqual([])
})
