import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'

export type Db = DrizzleD1Database

export function openDb(env: { DB: D1Database }): Db {
  return drizzle(env.DB)
}
