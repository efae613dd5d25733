import type { Actor } from '../contract/actor.ts'
import type { Bindings } from '../platform/env.ts'

export type Guest = Extract<Actor, { type: 'guest' }>

/** A condition on the parameters ?1 and ?2, for a batch in which something else decides. */
export interface Condition {
  sql: string
  first: string
  second: string
}

const always: Condition = { sql: 'true', first: '', second: '' }

/**
 * Gives a guest the row by which all it owns will be found again; for the batch that stores the
 * first of it. Visitors who store nothing leave none.
 */
export function guestStatement(
  env: Bindings,
  { id, expiresAt }: Guest,
  now: number,
  { sql, first, second }: Condition = always,
): D1PreparedStatement {
  return env.DB.prepare(
    `insert into guests (id, created_at, expires_at)
     select ?3, ?4, ?5 where coalesce(?1, ?2) is not null and ${sql}
     on conflict (id) do update set expires_at = max(expires_at, excluded.expires_at)`,
  ).bind(first, second, id, now, expiresAt)
}

/** The same by itself, before something is stored that has no batch for it. */
export async function keepGuest(env: Bindings, actor: Actor, now: number): Promise<void> {
  if (actor.type === 'guest') await guestStatement(env, actor, now).run()
}

/** Moves the end of a guest on; one that has stored nothing has no row, and gets none. */
export async function extendGuest(env: Bindings, { id, expiresAt }: Guest): Promise<void> {
  await env.DB.prepare(
    `update guests set expires_at = max(expires_at, ?2) where id = ?1 and expires_at < ?2`,
  )
    .bind(id, expiresAt)
    .run()
}
