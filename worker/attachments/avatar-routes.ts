import { describeMe } from '../accounts/describe-me.ts'
import { avatarUrlOf } from '../accounts/users.ts'
import { deleteAvatar as deleteEndpoint, getAvatar, setAvatar } from '../contract/accounts.ts'
import { can } from '../contract/actor.ts'
import { Fault } from '../platform/fault.ts'
import { newRoutes, pathId, serve } from '../platform/serve.ts'
import { deleteAvatar, readAvatar, storeAvatar } from './avatars.ts'

export const avatars = newRoutes()

serve(avatars, setAvatar, async ({ file, user, context }) => {
  const avatar = await storeAvatar(context.env, user.id, await file())
  const avatarUrl = avatarUrlOf({ id: user.id, avatar })
  return describeMe(context, { ...user, avatarUrl })
})

serve(avatars, deleteEndpoint, async ({ user, context }) => deleteAvatar(context.env, user.id))

serve(avatars, getAvatar, async ({ params, query, user, context }) => {
  const id = pathId('user', params.id)
  const isAllowed = id === user.id || can(user, 'manageUsers', context.get('settings'))
  if (!isAllowed) throw new Fault('not_found')
  return readAvatar(context.env, id, {
    ifNoneMatch: context.req.header('if-none-match'),
    isVersioned: query.v !== undefined,
  })
})
