import { asc, count, desc, sql, type SQL } from 'drizzle-orm'
import { Username, type AccountState, type User } from '../contract/accounts.ts'
import type { Role } from '../contract/actor.ts'
import { openDb, type Db } from '../db/open.ts'
import { userCounts, usernameEndings, users } from '../db/schema/users.ts'
import type { Bindings } from '../platform/env.ts'
import { toUser } from './users.ts'

export interface UserQuery {
  search?: string | undefined
  status?: AccountState | undefined
  role?: Role | undefined
  sort?: 'name' | 'created' | 'lastSeen' | undefined
  page: number
  pageSize: number
}

/** Those who wait for a decision, and everybody else: the list shows one after the other. */
type Group = 'pending' | 'rest'
type Counts = Record<Group, { matching: number; all: number }>

/**
 * One page for administrators; those waiting for a decision come first. What it reads is bounded by
 * the page and not by the number of accounts, as far as its order has an index: that is why the two
 * groups are read apart, and why a few matches are looked up and sorted instead.
 */
export async function listUsers(
  env: Bindings,
  query: UserQuery,
): Promise<{ items: User[]; total: number }> {
  if (query.search !== undefined && !canMatch(query.search)) return { items: [], total: 0 }
  const counts = await countUsers(env, query)
  const from = (query.page - 1) * query.pageSize
  const to = from + query.pageSize
  const waiting = counts.pending.matching
  const slices = [
    { group: 'pending' as const, from, to: Math.min(to, waiting) },
    { group: 'rest' as const, from: Math.max(0, from - waiting), to: to - waiting },
  ].filter((slice) => slice.from < Math.min(slice.to, counts[slice.group].matching))
  const db = openDb(env)
  const [first, ...others] = slices.map((slice) => sliceOf(db, query, counts, slice))
  const pages = first === undefined ? [] : await db.batch([first, ...others])
  return { items: pages.flat().map(toUser), total: waiting + counts.rest.matching }
}

/** How many accounts wait for a decision. */
export async function countPending(env: Bindings): Promise<number> {
  const { pending } = await countUsers(env, { status: 'pending', page: 1, pageSize: 1 })
  return pending.matching
}

/** Names hold nothing but these characters, so whatever holds others is in none. */
function canMatch(search: string): boolean {
  const padded = search.trim().padEnd(3, '_')
  return Username.safeParse(padded).success
}

async function countUsers(env: Bindings, query: UserQuery): Promise<Counts> {
  const db = openDb(env)
  const kinds = db.select().from(userCounts)
  if (!query.search?.trim()) return countsFrom(await kinds, query, null)
  const found = db
    .select({ pending: sql<number>`total(${users.state} = 'pending')`, matching: count() })
    .from(users)
    .where(conditionOf(query, { leads: true }))
  const [rows, [matches]] = await db.batch([kinds, found])
  const pending = matches?.pending ?? 0
  return countsFrom(rows, query, { pending, rest: (matches?.matching ?? 0) - pending })
}

function countsFrom(
  rows: readonly (typeof userCounts.$inferSelect)[],
  { status, role }: UserQuery,
  found: Record<Group, number> | null,
): Counts {
  const sum = (group: Group, isFiltered: boolean) =>
    rows
      .filter(({ state }) => (state === 'pending') === (group === 'pending'))
      .filter(({ state }) => !isFiltered || status === undefined || state === status)
      .filter((row) => !isFiltered || role === undefined || row.role === role)
      .reduce((total, row) => total + row.count, 0)
  const countsOf = (group: Group) => ({
    matching: found?.[group] ?? sum(group, true),
    all: sum(group, false),
  })
  return { pending: countsOf('pending'), rest: countsOf('rest') }
}

function sliceOf(
  db: Db,
  query: UserQuery,
  counts: Counts,
  { group, from, to }: { group: Group; from: number; to: number },
) {
  const { matching, all } = counts[group]
  const isFiltered = matching < all
  // In order it reads on until there are enough that match; the other way it reads all that match.
  const leads = isFiltered && matching * matching < all * to
  const isPending = sql`(${users.state} = 'pending') = ${group === 'pending' ? 1 : 0}`
  return db
    .select()
    .from(users)
    .where(sql`${leads ? sql`+` : sql``}${isPending} and ${conditionOf(query, { leads })}`)
    .orderBy(...orderOf(query.sort, leads))
    .limit(to - from)
    .offset(from)
}

/** What is asked for. A `+` keeps SQLite from beginning at a condition that is not to lead. */
function conditionOf({ search, status, role }: UserQuery, { leads }: { leads: boolean }): SQL {
  const word = search?.trim().toLowerCase() ?? ''
  const sign = leads && word === '' ? sql`` : sql`+`
  const conditions = [
    ...(status ? [sql`${sign}${users.state} = ${status}`] : []),
    ...(role ? [sql`${sign}${users.role} = ${role}`] : []),
    ...(word === '' ? [] : [nameCondition(word, leads)]),
  ]
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
}

/** Two characters and fewer are in too many names: they are what a name begins with. */
const containedFrom = 3

function nameCondition(word: string, leads: boolean): SQL {
  const isContained = word.length >= containedFrom
  if (!leads)
    return isContained
      ? sql`instr(${users.usernameKey}, ${word}) > 0`
      : sql`instr(${users.usernameKey}, ${word}) = 1`
  // The character after those of names ends the range.
  const between = (column: SQL) => sql`${column} >= ${word} and ${column} < ${`${word}{`}`
  if (!isContained) return between(sql`${users.usernameKey}`)
  return sql`${users.id} in (select ${usernameEndings.userId} from ${usernameEndings}
    where ${between(sql`${usernameEndings.ending}`)})`
}

function orderOf(sort: UserQuery['sort'], leads: boolean): SQL[] {
  const sign = leads ? sql`+` : sql``
  switch (sort) {
    case 'name':
      return [asc(sql`${sign}${users.usernameKey}`)]
    case 'lastSeen':
      return [desc(sql`${sign}${users.lastSeenAt}`), desc(users.id)]
    case 'created':
    case undefined:
      return [desc(sql`${sign}${users.createdAt}`), desc(users.id)]
    default:
      return sort satisfies never
  }
}
