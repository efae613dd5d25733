import { authorOf, recordAudit } from '../audit/record-audit.ts'
import {
  changePassword as changePasswordEndpoint,
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
import { Fault } from '../platform/fault.ts'
import { addressOf, networkOf } from '../platform/network.ts'
import { newRoutes, pathId, serve, type AppContext } from '../platform/serve.ts'
import { adoptGuest } from './adopt-guest.ts'
import { changePassword } from './change-password.ts'
import { describeMe } from './describe-me.ts'
import { updateMe } from './me.ts'
import { welcomeGuest } from './recognise-guest.ts'
import { forgetSession } from './session-cache.ts'
import { clearSessionCookie, writeSessionCookie } from './session-cookie.ts'
import { letGo, releaseStreams } from './release-streams.ts'
import { deleteOtherSessions, deleteSession, insertSession, listSessions } from './sessions.ts'
import { checkCredentials, confirmPassword } from './sign-in.ts'
import { authorNamed, recordRefusedSignIn } from './record-sign-in.ts'
import { signUp } from './sign-up.ts'
import { avatarUrlOf, targetOf } from './users.ts'

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
  const { role, state } = user
  const change = { kind: 'user.signUp', target: targetOf(user), after: { role, state } } as const
  await recordAudit(context, change, authorNamed(context, user))
  const signedIn = state === 'active'
  if (signedIn) {
    await openSession(context, user.id, true)
    await adoptGuest(context, { id: user.id, limits: {} }, body.keepGuestConversations)
  }
  return { user, signedIn }
})

serve(accounts, signIn, async ({ body, context }) => {
  const now = Date.now()
  const address = addressOf(context.req.raw)
  const checked = await checkCredentials(context.env, { ...body, address, now }).catch(
    async (error: unknown) => {
      await recordRefusedSignIn(context, body.username, error)
      throw error
    },
  )
  const sessionId = await openSession(context, checked.id, body.remember)
  const user = await confirmPassword(context.env, checked, body.password)
  if (user === null) {
    await deleteSession(context.env, sessionId, checked.id)
    clearSessionCookie(context)
    throw new Fault('wrong_credentials')
  }
  const { id, username, role, limits } = user
  await recordAudit(context, { kind: 'session.signIn' }, authorNamed(context, user))
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
  await deleteOtherSessions(context.env, user.id, context.get('sessionId'))
  await letGo(context.env, user.id)
})

serve(accounts, changePasswordEndpoint, async ({ body, user, context }) => {
  await changePassword(context.env, user.id, body, {
    sessionId: context.get('sessionId'),
    address: addressOf(context.req.raw),
    author: authorOf(context),
    now: Date.now(),
  })
  await letGo(context.env, user.id)
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
  const { username = user.username } = body
  if (username !== user.username) {
    const [before, after] = [{ username: user.username }, { username }]
    await recordAudit(context, { kind: 'user.rename', target: targetOf(user), before, after })
  }
  return describeMe(context, { ...user, username })
})

async function openSession(
  context: AppContext,
  userId: Id<'user'>,
  remember: boolean,
): Promise<Id<'session'>> {
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
  return session.id
}
