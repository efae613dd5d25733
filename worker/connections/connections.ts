import { and, asc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Connection } from '../contract/connections.ts'
import type { Id } from '../contract/ids.ts'
import { openDb } from '../db/open.ts'
import { connections } from '../db/schema/connections.ts'
import { modelOverrides } from '../db/schema/model-overrides.ts'
import { models } from '../db/schema/models.ts'
import type { Bindings } from '../platform/env.ts'
import { forgetNamings } from './connection-names.ts'

export type ConnectionRow = typeof connections.$inferSelect

/** How an administrator sees a connection: of its secrets only whether there are any. */
function toConnection(row: ConnectionRow, modelCount: number): Connection {
  const {
    credentials,
    keyHint,
    headerNames,
    withoutStreamOptions,
    checkedAt,
    ok,
    problem,
    ...rest
  } = row
  return {
    ...rest,
    apiKey: { set: keyHint !== null, hint: keyHint },
    headers: headerNames.map((name) => ({ name, value: { set: credentials !== null } })),
    status: { checkedAt, ok, problem, models: modelCount },
  }
}

const modelCount = sql<number>`(select count(*) from models
  where models.connection_id = connections.id and models.gone_at is null)`

/** A page in the administrators' order, after the given place in it. */
export async function listConnections(
  env: Bindings,
  { after, limit }: { after: { order: number; id: string } | null; limit: number },
): Promise<Connection[]> {
  const rows = await openDb(env)
    .select({ row: connections, modelCount })
    .from(connections)
    .where(
      after === null
        ? undefined
        : or(
            gt(connections.order, after.order),
            and(eq(connections.order, after.order), sql`${connections.id} > ${after.id}`),
          ),
    )
    .orderBy(asc(connections.order), asc(connections.id))
    .limit(limit)
  return rows.map(({ row, modelCount: found }) => toConnection(row, found))
}

export async function findConnection(
  env: Bindings,
  id: Id<'connection'>,
): Promise<ConnectionRow | null> {
  const rows = await openDb(env).select().from(connections).where(eq(connections.id, id)).limit(1)
  return rows[0] ?? null
}

export async function showConnection(
  env: Bindings,
  id: Id<'connection'>,
): Promise<Connection | null> {
  const rows = await openDb(env)
    .select({ row: connections, modelCount })
    .from(connections)
    .where(eq(connections.id, id))
    .limit(1)
  return rows[0] ? toConnection(rows[0].row, rows[0].modelCount) : null
}

export async function insertConnection(env: Bindings, row: ConnectionRow): Promise<void> {
  await openDb(env).insert(connections).values(row).onConflictDoNothing()
  forgetNamings()
}

export async function updateConnection(
  env: Bindings,
  id: Id<'connection'>,
  fields: Partial<ConnectionRow>,
): Promise<void> {
  await openDb(env).update(connections).set(fields).where(eq(connections.id, id))
  forgetNamings()
}

/** Whether there was such a connection; its models go with it. */
export async function deleteConnection(env: Bindings, id: Id<'connection'>): Promise<boolean> {
  const db = openDb(env)
  const [, , deleted] = await db.batch([
    db
      .delete(modelOverrides)
      .where(
        inArray(
          modelOverrides.modelId,
          db.select({ id: models.id }).from(models).where(eq(models.connectionId, id)),
        ),
      ),
    db.delete(models).where(eq(models.connectionId, id)),
    db.delete(connections).where(eq(connections.id, id)),
  ])
  forgetNamings()
  return deleted.meta.changes > 0
}

/** Learned from a refusal: this upstream takes no `stream_options`. */
export async function rememberWithoutStreamOptions(
  env: Bindings,
  id: Id<'connection'>,
): Promise<void> {
  await updateConnection(env, id, { withoutStreamOptions: true })
}

/** Enabled connections whose models were last fetched before `before`. */
export async function staleConnections(
  env: Bindings,
  before: number,
  limit: number,
): Promise<ConnectionRow[]> {
  return openDb(env)
    .select()
    .from(connections)
    .where(
      and(
        eq(connections.enabled, true),
        or(isNull(connections.checkedAt), sql`${connections.checkedAt} < ${before}`),
      ),
    )
    .limit(limit)
}

/** Every connection, in the administrators' order. */
export async function allConnections(env: Bindings): Promise<ConnectionRow[]> {
  return openDb(env).select().from(connections).orderBy(asc(connections.order), asc(connections.id))
}

export async function enabledConnections(env: Bindings): Promise<ConnectionRow[]> {
  return (await allConnections(env)).filter(({ enabled }) => enabled)
}
