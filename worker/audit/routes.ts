import { listAudit as listEndpoint } from '../contract/audit.ts'
import { isId } from '../contract/ids.ts'
import { listLimitDefault } from '../contract/lists.ts'
import { decodeCursor, encodeCursor } from '../platform/cursor.ts'
import { newRoutes, serve } from '../platform/serve.ts'
import { listAudit } from './list-audit.ts'

export const auditRoutes = newRoutes()

serve(auditRoutes, listEndpoint, async ({ query, context }) => {
  const limit = query.limit ?? listLimitDefault
  const [after] = decodeCursor(query.cursor) ?? []
  const items = await listAudit(context.env, {
    kind: query.kind ?? null,
    actorId: query.actorId ?? null,
    from: query.from ?? null,
    to: query.to ?? null,
    after: isId('audit', after) ? after : null,
    limit: limit + 1,
  })
  const last = items.length > limit ? items[limit - 1] : undefined
  return { items: items.slice(0, limit), nextCursor: last ? encodeCursor([last.id]) : null }
})
