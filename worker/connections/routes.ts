import { authorOf, recordAudit } from '../audit/record-audit.ts'
import {
  createConnection as createEndpoint,
  deleteConnection as deleteEndpoint,
  exportConnections as exportEndpoint,
  getConnection,
  importConnections as importEndpoint,
  listConnections as listEndpoint,
  listProviders,
  updateConnection as updateEndpoint,
  verifyConnection,
  verifyStoredConnection,
} from '../contract/connections.ts'
import { listLimitDefault } from '../contract/lists.ts'
import { takeAttempts } from '../accounts/damping.ts'
import { Fault } from '../platform/fault.ts'
import { providers } from '../providers/registry.ts'
import { decodeCursor, encodeCursor } from '../platform/cursor.ts'
import { newRoutes, pathId, serve, type AppContext } from '../platform/serve.ts'
import { connectionChange, connectionTarget } from './audit-connection.ts'
import { circumstances } from './circumstances.ts'
import { exportConnections, importConnections } from './connection-files.ts'
import { deleteConnection, findConnection, listConnections, showConnection } from './connections.ts'
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
  createConnection(context.env, body, circumstances(context), authorOf(context)),
)

// Before the routes with an id, whose pattern it would match.
serve(connections, verifyConnection, async ({ body, user, context }) => {
  await damp(context, user.id)
  return verifyForm(context.env, body, trial(context))
})

serve(connections, exportEndpoint, async ({ context }) => {
  context.header('Content-Disposition', 'attachment; filename="aichat-connections.json"')
  return { items: await exportConnections(context.env) }
})

serve(connections, importEndpoint, async ({ body, context }) => {
  const items = await importConnections(context.env, body, circumstances(context))
  const created = items.filter(({ result }) => result === 'created').map(({ name }) => name)
  if (created.length > 0)
    await recordAudit(context, { kind: 'connection.import', after: { created } })
  return { items }
})

serve(connections, getConnection, async ({ params, context }) => {
  const connection = await showConnection(context.env, pathId('connection', params.id))
  if (connection === null) throw new Fault('not_found')
  return connection
})

serve(connections, updateEndpoint, async ({ params, body, context }) =>
  changeConnection(
    context.env,
    pathId('connection', params.id),
    body,
    circumstances(context),
    authorOf(context),
  ),
)

serve(connections, deleteEndpoint, async ({ params, context }) => {
  const stored = await findConnection(context.env, pathId('connection', params.id))
  const isGone = stored !== null && (await deleteConnection(context.env, stored.id))
  if (!isGone) throw new Fault('not_found')
  const { after: before } = connectionChange(null, stored, {})
  await recordAudit(context, {
    kind: 'connection.delete',
    target: connectionTarget(stored),
    before,
  })
})

serve(connections, verifyStoredConnection, async ({ params, body, user, context }) => {
  await damp(context, user.id)
  return verifyStored(context.env, pathId('connection', params.id), body, trial(context))
})

serve(connections, listProviders, async () => ({
  items: Object.values(providers).map((provider) => ({
    id: provider.id,
    label: provider.label,
    fields: [...provider.fields],
    baseUrlDefault: provider.baseUrlDefault,
    authDefault: provider.authDefault,
  })),
}))

function trial(context: AppContext) {
  return { ...circumstances(context), language: context.get('language') }
}

async function damp(context: AppContext, userId: string): Promise<void> {
  const attempts = [{ kind: 'verification', subject: userId }] as const
  await takeAttempts(context.env, attempts, Date.now())
}
