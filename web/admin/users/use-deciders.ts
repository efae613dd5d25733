import type { User } from '#contract/accounts.ts'
import type { Id } from '#contract/ids.ts'
import { listUsers } from '#contract/users.ts'
import { call } from '../../api/call.ts'
import { useMe } from '../../api/me.ts'
import { useRequest } from '../../api/use-request.ts'

/**
 * The name of whoever decided about somebody: one of the administrators there are. Null for one who
 * is none any more, unless it is among `users`.
 */
export function useDeciders(users: readonly User[]): (id: Id<'user'> | null) => string | null {
  const { actor } = useMe()
  const { latest } = useRequest('administrators', (signal) =>
    call(listUsers, { query: { role: 'admin', sort: 'name', pageSize: 100 }, signal }),
  )
  const own = actor?.type === 'user' ? [actor] : []
  return (id) =>
    [...own, ...(latest?.items ?? []), ...users].find((user) => user.id === id)?.username ?? null
}
