import {
  changePassword,
  getMe,
  listSessions as listSessionsEndpoint,
  revokeOtherSessions,
  revokeSession,
  signIn,
  signOut,
  signUp as signUpEndpoint,
  updateMe as updateMeEndpoint,
} from '../contract/accounts.ts'
import { getMyQuota } from '../contract/quotas.ts'
import { payerOf } from '../quotas/payer.ts'
import { readQuota } from '../quotas/quota-usage.ts'
import type { Id } from '../contract/ids.ts'
import { hashPassword } from '../platform/crypto.ts'
import { Fault } from '../platform/fault.ts'
import { addressOf, networkOf } from '../platform/network.ts'
import { newRoutes, pathId, serve, type AppContext } from '../platform/serve.ts'
import { adoptGuest } from './adopt-guest.ts'
import { describeMe } from './describe-me.ts'
import { updateMe } from './me.ts'
import { welcomeGuest } from './recognise-guest.ts'
import { brokenRule } from './password-rule.ts'
import { forgetSession } from './session-cache.ts'
import { clearSessionCookie, writeSessionCookie } from './session-cookie.ts'
import { releaseStreams } from './release-streams.ts'
import { deleteOtherSessions, deleteSession, insertSession, listSessions } from './sessions.ts'
import { checkCredentials } from './sign-in.ts'
import { signUp } from './sign-up.ts'
import { avatarUrlOf, findUser, updateUser } from './users.ts'

export const accounts = newRoutes()

serve(accounts, signUpEndpoint, async ({ body, context }) => {
  const user = await signUp(context.env, context.get('settings'), {
    username: body.username,
    password: body.password,
    note: body.note ?? null,
    setupToken: body.setupToken ?? null,
    address: addressOf(context.req.raw),
    now: Date.now(),
  })
  const signedIn = user.state === 'active'
  if (signedIn) {
    await openSession(context, user.id, true)
    await adoptGuest(context, { id: user.id, limits: {} }, body.keepGuestConversations)
  }
  return { user, signedIn }
})

serve(accounts, signIn, async ({ body, context }) => {
  const now = Date.now()
  const address = addressOf(context.req.raw)
  const userId = await checkCredentials(context.env, { ...body, address, now })
  await openSession(context, userId, body.remember)
  const user = await findUser(context.env, userId)
  if (user === null) throw new Fault('wrong_credentials')
  const { id, username, role, limits } = user
  context.set('limits', limits ?? {})
  await adoptGuest(context, { id, limits: limits ?? {} }, body.keepGuestConversations)
  return describeMe(context, { type: 'user', id, username, role, avatarUrl: avatarUrlOf(user) })
})

serve(accounts, signOut, async ({ actor, context }) => {
  const sessionId = context.get('sessionId')
  if (sessionId && actor.type === 'user') {
    await deleteSession(context.env, sessionId, actor.id)
    forgetSession(sessionId)
    await releaseStreams(context.env, actor.id, { sessionId })
  }
  clearSessionCookie(context)
})

serve(accounts, listSessionsEndpoint, async ({ user, context }) => ({
  items: await listSessions(context.env, user.id, context.get('sessionId'), Date.now()),
}))

serve(accounts, revokeSession, async ({ params, user, context }) => {
  const id = pathId('session', params.id)
  if (!(await deleteSession(context.env, id, user.id))) throw new Fault('not_found')
  forgetSession(id)
  await releaseStreams(context.env, user.id, { sessionId: id })
})

serve(accounts, revokeOtherSessions, async ({ user, context }) => {
  await endOtherSessions(context, user.id)
})

serve(accounts, changePassword, async ({ body, user, context }) => {
  const now = Date.now()
  const address = addressOf(context.req.raw)
  const stored = await findUser(context.env, user.id)
  if (stored === null) throw new Fault('session_ended')
  const rule = brokenRule(body.next, stored.username)
  if (rule) throw new Fault('weak_password', { rule })
  await checkCredentials(context.env, {
    username: stored.username,
    password: body.current,
    address,
    now,
  })
  await updateUser(context.env, user.id, { passwordHash: await hashPassword(body.next) })
  await endOtherSessions(context, user.id)
})

serve(accounts, getMe, async ({ context }) =>
  describeMe(context, context.get('actor') ?? welcomeGuest(context)),
)

serve(accounts, getMyQuota, async ({ actor, context }) => {
  const now = Date.now()
  return readQuota(context.env, payerOf(context, actor, now), context.get('settings'), now)
})

serve(accounts, updateMeEndpoint, async ({ body, user, context }) => {
  await updateMe(context.env, user.id, body, context.get('settings'))
  forgetSession()
  return describeMe(context, { ...user, username: body.username ?? user.username })
})

/** Streams cannot be told apart by "all but one", so all are let go; the present one comes back. */
async function endOtherSessions(context: AppContext, userId: Id<'user'>): Promise<void> {
  await deleteOtherSessions(context.env, userId, context.get('sessionId'))
  forgetSession()
  await releaseStreams(context.env, userId, {})
}

async function openSession(
  context: AppContext,
  userId: Id<'user'>,
  remember: boolean,
): Promise<void> {
  const session = await insertSession(
    context.env,
    {
      userId,
      remember,
      userAgent: context.req.header('user-agent') ?? '',
      network: networkOf(addressOf(context.req.raw)),
    },
    context.get('settings'),
    Date.now(),
  )
  await writeSessionCookie(context, {
    sessionId: session.id,
    userId,
    expiresAt: session.expiresAt,
    remember,
  })
}
