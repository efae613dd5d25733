import type { Decider } from '../accounts/may-change.ts'
import { findUser } from '../accounts/users.ts'
import { authorOf } from '../audit/record-audit.ts'
import { can, type Actor } from '../contract/actor.ts'
import {
  createApiKey,
  listApiKeys,
  listUserApiKeys,
  revokeApiKey,
  revokeUserApiKey,
  updateApiKey,
  type ApiKey,
} from '../contract/api-keys.ts'
import { isId } from '../contract/ids.ts'
import { listLimitDefault } from '../contract/lists.ts'
import { decodeCursor, encodeCursor } from '../platform/cursor.ts'
import { Fault } from '../platform/fault.ts'
import { newRoutes, pathId, serve, type AppContext } from '../platform/serve.ts'
import { listAllKeys, listKeysOf, newest, type KeyPage } from './api-keys.ts'
import { createKey, revokeKey, updateKey } from './manage-keys.ts'

export const apiKeyRoutes = newRoutes()

serve(apiKeyRoutes, listApiKeys, async ({ query, user, context }) => {
  if (query.all !== '1') return paged(query, (page) => listKeysOf(context.env, user.id, page))
  if (!can(user, 'manageUsers', context.get('settings'))) {
    throw new Fault('forbidden', { capability: 'manageUsers' })
  }
  return paged(query, (page) => listAllKeys(context.env, query.ownerId ?? null, page))
})

serve(apiKeyRoutes, createApiKey, async ({ body, user, context }) =>
  createKey(context.env, body, context.get('settings'), decider(context, user)),
)

serve(apiKeyRoutes, updateApiKey, async ({ params, body, user, context }) =>
  updateKey(context.env, pathId('key', params.id), body, decider(context, user)),
)

serve(apiKeyRoutes, revokeApiKey, async ({ params, user, context }) =>
  revokeKey(context.env, user.id, pathId('key', params.id), decider(context, user)),
)

serve(apiKeyRoutes, listUserApiKeys, async ({ params, query, context }) => {
  const userId = pathId('user', params.id)
  if ((await findUser(context.env, userId)) === null) throw new Fault('not_found')
  return paged(query, (page) => listKeysOf(context.env, userId, page))
})

serve(apiKeyRoutes, revokeUserApiKey, async ({ params, user, context }) => {
  const [userId, keyId] = [pathId('user', params.id), pathId('key', params.keyId)]
  await revokeKey(context.env, userId, keyId, decider(context, user))
})

/** One page of a list whose cursor is the last key of the page before. */
async function paged(
  { cursor, limit = listLimitDefault }: { cursor?: string | undefined; limit?: number | undefined },
  read: (page: KeyPage) => Promise<ApiKey[]>,
) {
  const [last] = decodeCursor(cursor) ?? []
  const keys = await read({ before: isId('key', last) ? last : newest, limit: limit + 1 })
  const items = keys.slice(0, limit)
  const end = keys.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: end ? encodeCursor([end.id]) : null }
}

function decider(context: AppContext, { id }: Extract<Actor, { type: 'user' }>): Decider {
  return { actorId: id, author: authorOf(context), now: Date.now() }
}
