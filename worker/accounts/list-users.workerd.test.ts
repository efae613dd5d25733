import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../contract/accounts.ts'
import { openInstallation, type TestClient } from '../test-client.ts'
import { countPending, listUsers, type UserQuery } from './list-users.ts'

const seeded = 10_000

/** Every hundredth waits, every thousandth is an administrator, some are disabled or rejected. */
async function seedUsers(): Promise<void> {
  await env.DB.prepare(
    `with recursive n (i) as (select 1 union all select i + 1 from n where i < ?1)
     insert into users (id, username, username_key, password_hash, role, state, preferences, created_at, last_seen_at)
     select printf('usr_%024d', i), 'Seed_' || i, 'seed_' || i, 'x',
       case when i % 1000 = 0 then 'admin' else 'user' end,
       case when i % 100 = 7 then 'pending' when i % 500 = 3 then 'disabled'
         when i % 2500 = 9 then 'rejected' else 'active' end,
       '{}', ?2 - i, case when i % 3 = 0 then null else ?2 + i end
     from n`,
  )
    .bind(seeded, Date.now())
    .run()
}

let admin: TestClient
beforeAll(async () => {
  admin = await openInstallation()
  await seedUsers()
})

interface Page {
  items: User[]
  total: number
}

function list(query: string): Promise<Page> {
  return admin.json<Page>('GET', `/api/users?${query}`)
}

/** Rows D1 read for a page. */
async function rowsReadBy(query: Partial<UserQuery>): Promise<number> {
  let rows = 0
  const count = (result: D1Result) => (rows += result.meta.rows_read)
  const counting = new Proxy(env.DB, {
    get(target, name) {
      if (name === 'batch')
        return async (statements: D1PreparedStatement[]) => {
          const results = await target.batch(statements)
          results.forEach(count)
          return results
        }
      return (Reflect.get(target, name) as () => unknown).bind(target)
    },
  })
  await listUsers({ ...env, DB: counting } as never, { page: 1, pageSize: 20, ...query })
  return rows
}

describe('the list of ten thousand accounts', () => {
  it('begins with those who wait for a decision, whatever the order', async () => {
    const waiting = seeded / 100
    for (const sort of ['name', 'created', 'lastSeen']) {
      const page = await list(`sort=${sort}&pageSize=50&page=${waiting / 50 + 1}`)
      const before = await list(`sort=${sort}&pageSize=50&page=${waiting / 50}`)
      expect(page.total).toBe(seeded + 1)
      expect(before.items.every(({ state }) => state === 'pending')).toBe(true)
      expect(page.items.some(({ state }) => state === 'pending')).toBe(false)
    }
    const across = await list('pageSize=30&page=4')
    expect(across.items.map(({ state }) => state === 'pending')).toEqual([
      ...Array.from({ length: 10 }, () => true),
      ...Array.from({ length: 20 }, () => false),
    ])
  })

  it('is in order over all its pages, without a gap or a double', async () => {
    const pages = await Promise.all(
      Array.from({ length: 101 }, (_, page) => list(`sort=name&pageSize=100&page=${page + 1}`)),
    )
    const users = pages.flatMap(({ items }) => items)
    expect(new Set(users.map(({ id }) => id)).size).toBe(seeded + 1)
    const names = users
      .filter(({ state }) => state !== 'pending')
      .map(({ username }) => username.toLowerCase())
    expect(names).toEqual([...names].sort())
  })

  it('finds what a name contains, and by two characters what it begins with', async () => {
    expect(await list('search=EED_1234')).toMatchObject({
      total: 1,
      items: [{ username: 'Seed_1234' }],
    })
    expect((await list('search=_99')).total).toBe(111)
    expect((await list('search=se')).total).toBe(seeded)
    expect((await list('search=ee')).total).toBe(0)
    expect((await list('search=%25')).total).toBe(0)
    expect((await list(`search=${'a'.repeat(30)}`)).total).toBe(0)
    expect((await list('search=_99&status=pending')).total).toBe(1)
    expect((await list('search=000&role=admin')).total).toBe(10)
  })

  it('keeps its totals and its search in step with every change', async () => {
    const someone = 'usr_000000000000000000000042'
    const totals = async () =>
      Promise.all(
        ['status=active', 'status=disabled', 'role=admin', 'search=seed_42'].map(
          async (query) => (await list(query)).total,
        ),
      )
    const [active = 0, disabled = 0, admins = 0, named = 0] = await totals()
    await env.DB.prepare(
      `update users set state = 'disabled', role = 'admin', username_key = 'other_42' where id = ?1`,
    )
      .bind(someone)
      .run()
    expect(await totals()).toEqual([active - 1, disabled + 1, admins + 1, named - 1])
    expect((await list('search=ther_42')).total).toBe(1)
    await env.DB.prepare(
      `update users set state = 'active', role = 'user', username_key = 'seed_42' where id = ?1`,
    )
      .bind(someone)
      .run()
    expect(await totals()).toEqual([active, disabled, admins, named])
  })

  it('counts those who wait', async () => {
    expect(await countPending(env as never)).toBe(seeded / 100)
    expect(await admin.json('GET', '/api/me')).toMatchObject({ pendingUsers: seeded / 100 })
  })

  it.each<[Partial<UserQuery>, number]>([
    [{}, 60],
    [{ sort: 'name' }, 60],
    [{ sort: 'lastSeen' }, 60],
    [{ page: 3, pageSize: 50 }, 180],
    [{ status: 'active', sort: 'name' }, 60],
    [{ role: 'user', sort: 'created' }, 60],
    [{ status: 'disabled', sort: 'name' }, 100],
    [{ status: 'rejected' }, 60],
    [{ role: 'admin', sort: 'lastSeen' }, 60],
    [{ status: 'disabled', role: 'admin' }, 60],
    [{ search: 'seed_1234' }, 60],
    [{ search: '_99', sort: 'name' }, 1_200],
  ])('reads little for a page of %o', async (query, rowsMax) => {
    expect(await rowsReadBy(query)).toBeLessThan(rowsMax)
  })
})
