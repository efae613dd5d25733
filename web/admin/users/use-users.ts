import { useCallback, useEffect, useRef } from 'react'
import type { User } from '#contract/accounts.ts'
import type { Id } from '#contract/ids.ts'
import { listUsers } from '#contract/users.ts'
import { call } from '../../api/call.ts'
import { loadMe, useMe } from '../../api/me.ts'
import { useRequest } from '../../api/use-request.ts'
import { setAddressQuery, useAddressQuery } from '../../ui/navigation.tsx'
import { useSettled } from '../use-settled.ts'
import { readUsersQuery, writeUsersQuery, type UsersQuery } from './users-query.ts'

export const pageSize = 20

/** The page of users the address asks for. What is shown stays until the next one is there. */
export function useUsers() {
  const query = readUsersQuery(useAddressQuery())
  const { status, role, sort, page } = query
  const search = useSettled(query.search.trim())
  const key = JSON.stringify({ search, status, role, sort, page })
  const { state, latest, reload, replace } = useRequest(key, (signal) =>
    call(listUsers, {
      query: {
        page,
        pageSize,
        sort,
        ...(search && { search }),
        ...(status && { status }),
        ...(role && { role }),
      },
      signal,
    }),
  )
  useNewcomers(reload)

  const put = useCallback(
    (user: User) => {
      replace((reply) => ({
        ...reply,
        items: reply.items.map((other) => (other.id === user.id ? user : other)),
      }))
      // The number of those who wait is part of what is known about oneself.
      loadMe().catch(() => {})
    },
    [replace],
  )
  const isBeyond = latest !== null && page > 1 && latest.total > 0 && latest.items.length === 0
  const lastPage = latest ? Math.max(1, Math.ceil(latest.total / pageSize)) : 1
  useEffect(() => {
    if (state.type === 'ready' && isBeyond) show({ page: lastPage }, { replace: true })
  })

  function show(change: Partial<UsersQuery>, options: { replace?: boolean } = {}) {
    const next = { ...query, page: 1, ...change }
    setAddressQuery(writeUsersQuery(next), options)
  }
  return {
    query,
    state,
    list: latest,
    isStale: state.type === 'loading' || search !== query.search.trim(),
    show,
    put,
    reload,
  }
}

/** Shows whoever signs up while the page is open. */
function useNewcomers(reload: () => void) {
  const { pendingUsers = 0 } = useMe()
  const last = useRef(pendingUsers)
  useEffect(() => {
    const isMore = pendingUsers > last.current
    last.current = pendingUsers
    if (isMore) reload()
  }, [pendingUsers, reload])
}

/** Opens somebody's details in a history entry of their own, so that Back closes them. */
export function openUser(query: UsersQuery, user: Id<'user'>) {
  setAddressQuery(writeUsersQuery({ ...query, user }), { state: opened })
}

export function closeUser(query: UsersQuery) {
  const state = history.state as typeof opened | null
  if (state?.user === opened.user) history.back()
  else setAddressQuery(writeUsersQuery({ ...query, user: null }), { replace: true })
}

const opened = { user: 'opened' }
