import {
  createConnection as createEndpoint,
  deleteConnection as deleteEndpoint,
  getConnection,
  listConnections as listEndpoint,
  updateConnection as updateEndpoint,
  verifyConnection,
  verifyStoredConnection,
} from '../contract/connections.ts'
import { can } from '../contract/actor.ts'
import { listLimitDefault } from '../contract/lists.ts'
import { listModels } from '../contract/models.ts'
import { takeAttempts } from '../accounts/damping.ts'
import { preferredModelOf } from '../accounts/me.ts'
import { Fault } from '../platform/fault.ts'
import { decodeCursor, encodeCursor } from '../platform/cursor.ts'
import { newRoutes, pathId, serve, type AppContext } from '../platform/serve.ts'
import { deleteConnection, listConnections, showConnection } from './connections.ts'
import { isChoosable, readModelRows, toModels } from './published-models.ts'
import { changeConnection, createConnection } from './save-connection.ts'
import { verifyForm, verifyStored } from './verify-connection.ts'

export const connections = newRoutes()

serve(connections, listEndpoint, async ({ query, context }) => {
  const limit = query.limit ?? listLimitDefault
  const [order, id] = decodeCursor(query.cursor) ?? []
  const after = typeof order === 'number' && typeof id === 'string' ? { order, id } : null
  const items = await listConnections(context.env, { after, limit: limit + 1 })
  const last = items.length > limit ? items[limit - 1] : undefined
  return {
    items: items.slice(0, limit),
    nextCursor: last ? encodeCursor([last.order, last.id]) : null,
  }
})

serve(connections, createEndpoint, async ({ body, context }) =>
  createConnection(context.env, body, circumstances(context)),
)

// Before the routes with an id, whose pattern it would match.
serve(connections, verifyConnection, async ({ body, user, context }) => {
  await damp(context, user.id)
  return verifyForm(context.env, body, trial(context))
})

serve(connections, getConnection, async ({ params, context }) => {
  const connection = await showConnection(context.env, pathId('connection', params.id))
  if (connection === null) throw new Fault('not_found')
  return connection
})

serve(connections, updateEndpoint, async ({ params, body, context }) =>
  changeConnection(context.env, pathId('connection', params.id), body, circumstances(context)),
)

serve(connections, deleteEndpoint, async ({ params, context }) => {
  const found = await deleteConnection(context.env, pathId('connection', params.id))
  if (!found) throw new Fault('not_found')
})

serve(connections, verifyStoredConnection, async ({ params, body, user, context }) => {
  await damp(context, user.id)
  return verifyStored(context.env, pathId('connection', params.id), body, trial(context))
})

serve(connections, listModels, async ({ query, actor, context }) => {
  const settings = context.get('settings')
  const isManager = can(actor, 'manageModels', settings)
  const all = isManager && query.all === '1'
  const [rows, preferredModelId] = await Promise.all([
    readModelRows(context.env, all),
    preferredModelOf(context.env, actor),
  ])
  const models = toModels(rows, settings, isManager)
  return { items: all ? models : models.filter(isChoosable), preferredModelId }
})

function circumstances(context: AppContext) {
  return {
    allowPrivateHosts: context.get('settings')['provider.allowPrivateHosts'],
    now: Date.now(),
  }
}

function trial(context: AppContext) {
  return { ...circumstances(context), language: context.get('language') }
}

async function damp(context: AppContext, userId: string): Promise<void> {
  const attempts = [{ kind: 'verification', subject: userId }] as const
  await takeAttempts(context.env, attempts, Date.now())
}
