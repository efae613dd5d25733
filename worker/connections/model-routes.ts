import { authorOf, recordAudit } from '../audit/record-audit.ts'
import { can } from '../contract/actor.ts'
import {
  exportModels,
  importModels,
  listModels,
  overrideModel,
  overrideModels,
  refreshConnection,
  refreshModels,
  resetModel,
  resetModels,
} from '../contract/models.ts'
import { preferredModelOf } from '../accounts/me.ts'
import { Fault } from '../platform/fault.ts'
import { newRoutes, pathId, serve } from '../platform/serve.ts'
import { connectionTarget } from './audit-connection.ts'
import { aboutRefresh } from './audit-models.ts'
import { circumstances } from './circumstances.ts'
import { findConnection } from './connections.ts'
import { askerOf } from './model-access.ts'
import {
  exportOverrides,
  importOverrides,
  patchOverrides,
  resetOverrides,
  showModel,
} from './model-overrides.ts'
import { choosableModels, readModelRows, toModels } from './published-models.ts'
import { refreshAll, refreshOne } from './refresh-models.ts'

export const modelRoutes = newRoutes()

serve(modelRoutes, listModels, async ({ query, actor, context }) => {
  const { env } = context
  const settings = context.get('settings')
  const isManager = can(actor, 'manageModels', settings)
  const all = isManager && query.all === '1'
  const [items, preferredModelId] = await Promise.all([
    all
      ? readModelRows(env, true).then((rows) => toModels(rows, settings, true))
      : choosableModels(env, settings, askerOf(actor), isManager),
    preferredModelOf(env, actor),
  ])
  return { items, preferredModelId }
})

// Before the routes with an id, whose pattern they would match.
serve(modelRoutes, exportModels, async ({ context }) => {
  context.header('Content-Disposition', 'attachment; filename="aichat-models.json"')
  return { items: await exportOverrides(context.env) }
})

serve(modelRoutes, importModels, async ({ body, context }) => ({
  items: await importOverrides(context.env, body, authorOf(context), Date.now()),
}))

serve(modelRoutes, overrideModels, async ({ body, context }) => ({
  updated: await patchOverrides(context.env, body.ids, body.patch, authorOf(context), Date.now()),
}))

serve(modelRoutes, resetModels, async ({ body, context }) => ({
  reset: await resetOverrides(
    context.env,
    'ids' in body ? body.ids : null,
    authorOf(context),
    Date.now(),
  ),
}))

serve(modelRoutes, refreshModels, async ({ context }) => {
  const items = await refreshAll(context.env, circumstances(context))
  await recordAudit(context, { kind: 'model.refresh', after: aboutRefresh(items) })
  return { items }
})

serve(modelRoutes, overrideModel, async ({ params, body, context }) => {
  const id = pathId('model', params.id)
  const found = await patchOverrides(context.env, [id], body, authorOf(context), Date.now())
  if (found === 0) throw new Fault('not_found')
  return showModel(context.env, id, context.get('settings'))
})

serve(modelRoutes, resetModel, async ({ params, context }) => {
  const id = pathId('model', params.id)
  await resetOverrides(context.env, [id], authorOf(context), Date.now())
  return showModel(context.env, id, context.get('settings'))
})

serve(modelRoutes, refreshConnection, async ({ params, context }) => {
  const connection = await findConnection(context.env, pathId('connection', params.id))
  if (connection === null) throw new Fault('not_found')
  const items = [await refreshOne(context.env, connection.id, circumstances(context))]
  const target = connectionTarget(connection)
  await recordAudit(context, { kind: 'connection.refresh', target, after: aboutRefresh(items) })
  return { items }
})
