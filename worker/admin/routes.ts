import { setPassword, signOutUser } from '../accounts/administer-access.ts'
import { changeUser } from '../accounts/change-user.ts'
import { createUser } from '../accounts/create-user.ts'
import { decideAccount } from '../accounts/decide-account.ts'
import { listUsers } from '../accounts/list-users.ts'
import type { Decider } from '../accounts/may-change.ts'
import { resetQuotas } from '../accounts/reset-quotas.ts'
import { clearSessionCookie } from '../accounts/session-cookie.ts'
import { setLimits } from '../accounts/set-limits.ts'
import { checkCredentials } from '../accounts/sign-in.ts'
import { authorOf } from '../audit/record-audit.ts'
import { deleteMe } from '../contract/accounts.ts'
import type { Actor } from '../contract/actor.ts'
import { resetQuotas as resetQuotasEndpoint } from '../contract/quotas.ts'
import {
  approveUser,
  bulkUsers as bulkEndpoint,
  createUser as createEndpoint,
  deleteUser,
  disableUser,
  enableUser,
  getUser,
  listUsers as listEndpoint,
  rejectUser,
  setUserLimits,
  setUserPassword,
  signOutUser as signOutEndpoint,
  updateUser,
} from '../contract/users.ts'
import { addressOf } from '../platform/network.ts'
import { newRoutes, pathId, serve, type AppContext } from '../platform/serve.ts'
import { bulkUsers, deleteOther } from './bulk-users.ts'
import { deleteAccount } from './delete-owner.ts'
import { describeUser } from './describe-user.ts'
import { goOn } from './finish-deletions.ts'
import type { DeletedOwner } from './purge-owner.ts'

export const admin = newRoutes()

serve(admin, listEndpoint, async ({ query, context }) => {
  const page = query.page ?? 1
  const pageSize = query.pageSize ?? 20
  return { ...(await listUsers(context.env, { ...query, page, pageSize })), page, pageSize }
})

serve(admin, createEndpoint, async ({ body, user, context }) =>
  createUser(context.env, body, decider(context, user)),
)

// Before the routes with an id, whose pattern it would match.
serve(admin, bulkEndpoint, async ({ body, user, context }) => {
  const { ids, action, reason = null } = body
  const by = decider(context, user)
  const wording = { requestId: context.get('requestId'), language: context.get('language') }
  const { items, deleted } = await bulkUsers(context.env, { ids, action, reason }, by, wording)
  context.executionCtx.waitUntil(purgeAll(context, deleted, by.now))
  return { items }
})

serve(admin, getUser, async ({ params, context }) =>
  describeUser(context.env, pathId('user', params.id), context.get('settings'), Date.now()),
)

serve(admin, updateUser, async ({ params, body, user, context }) =>
  changeUser(context.env, pathId('user', params.id), body, decider(context, user)),
)

serve(admin, deleteUser, async ({ params, user, context }) => {
  const by = decider(context, user)
  const deleted = await deleteOther(context.env, pathId('user', params.id), by)
  await goOn(context.env, deleted, by.now)
})

serve(admin, approveUser, async ({ params, user, context }) =>
  decideAccount(context.env, 'approve', pathId('user', params.id), null, decider(context, user)),
)
serve(admin, enableUser, async ({ params, user, context }) =>
  decideAccount(context.env, 'enable', pathId('user', params.id), null, decider(context, user)),
)
serve(admin, rejectUser, async ({ params, body: { reason = null }, user, context }) =>
  decideAccount(context.env, 'reject', pathId('user', params.id), reason, decider(context, user)),
)
serve(admin, disableUser, async ({ params, body: { reason = null }, user, context }) =>
  decideAccount(context.env, 'disable', pathId('user', params.id), reason, decider(context, user)),
)

serve(admin, setUserPassword, async ({ params, body, user, context }) =>
  setPassword(context.env, pathId('user', params.id), body.password, decider(context, user)),
)

serve(admin, signOutEndpoint, async ({ params, user, context }) =>
  signOutUser(context.env, pathId('user', params.id), decider(context, user)),
)

serve(admin, setUserLimits, async ({ params, body, user, context }) => {
  const settings = context.get('settings')
  return setLimits(context.env, pathId('user', params.id), body, settings, decider(context, user))
})

serve(admin, resetQuotasEndpoint, async ({ body, user, context }) => ({
  reset: await resetQuotas(context.env, body, context.get('settings'), decider(context, user)),
}))

serve(admin, deleteMe, async ({ body, user, context }) => {
  const by = decider(context, user)
  await checkCredentials(context.env, {
    username: user.username,
    password: body.password,
    address: addressOf(context.req.raw),
    now: by.now,
  })
  const deleted = await deleteAccount(context.env, user.id, by)
  clearSessionCookie(context)
  await goOn(context.env, deleted, by.now)
})

function decider(context: AppContext, { id }: Extract<Actor, { type: 'user' }>): Decider {
  return { actorId: id, author: authorOf(context), now: Date.now() }
}

async function purgeAll(context: AppContext, owners: DeletedOwner[], now: number): Promise<void> {
  for (const owner of owners) await goOn(context.env, owner, now)
}
