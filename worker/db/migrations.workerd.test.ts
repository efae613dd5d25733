import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'

interface Column {
  name: string
  type: string
}

async function tables(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `select name from sqlite_master where type = 'table' and name not glob '_cf_*'
       and name not glob 'sqlite_*' and name != 'd1_migrations' order by name`,
  ).all<{ name: string }>()
  return results.map(({ name }) => name)
}

async function rowsIn(table: string): Promise<number> {
  const row = await env.DB.prepare(`select count(*) as rows from "${table}"`).first<{
    rows: number
  }>()
  return row!.rows
}

/** One row of something in every table that has none. */
async function seed(): Promise<void> {
  for (const table of await tables()) {
    if ((await rowsIn(table)) > 0) continue
    const { results } = await env.DB.prepare(`pragma table_info("${table}")`).all<Column>()
    const columns = results.map(({ name }) => `"${name}"`).join(', ')
    const values = results.map(({ type }) => (/int/i.test(type) ? '1' : `'x'`)).join(', ')
    await env.DB.prepare(`insert into "${table}" (${columns}) values (${values})`).run()
  }
}

it('keeps every row there is, whichever release it was written by', async () => {
  for (const table of await tables()) await env.DB.prepare(`drop table "${table}"`).run()
  await env.DB.prepare(`drop table d1_migrations`).run()
  for (let count = 1; count <= env.TEST_MIGRATIONS.length; count++) {
    const before = await tables()
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS.slice(0, count))
    const after = await tables()
    expect(after).toEqual(expect.arrayContaining(before))
    expect(await Promise.all(before.map(rowsIn))).toEqual(before.map(() => 1))
    await seed()
  }
  expect(await tables()).toEqual(expect.arrayContaining(['users', 'messages', 'attachments']))
})
