import { AccountState } from '#contract/accounts.ts'
import { Role } from '#contract/actor.ts'
import { isId, type Id } from '#contract/ids.ts'

export const userSorts = ['created', 'name', 'lastSeen'] as const
export type UserSort = (typeof userSorts)[number]

/** Which users are shown, and whose details; what the address says after its `?`. */
export interface UsersQuery {
  search: string
  status: AccountState | null
  role: Role | null
  sort: UserSort
  page: number
  user: Id<'user'> | null
}

export const wholeList: UsersQuery = {
  search: '',
  status: null,
  role: null,
  sort: 'created',
  page: 1,
  user: null,
}

/** What an address asks for; anything it could not mean is as if it were not there. */
export function readUsersQuery(query: string): UsersQuery {
  const given = new URLSearchParams(query)
  const page = Number(given.get('page'))
  const user = given.get('user')
  return {
    search: given.get('search')?.slice(0, 100) ?? '',
    status: oneOf(AccountState.options, given.get('status')),
    role: oneOf(Role.options, given.get('role')),
    sort: oneOf(userSorts, given.get('sort')) ?? wholeList.sort,
    page: Number.isInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1,
    user: isId('user', user) ? user : null,
  }
}

/** The same as it stands in an address; what goes without saying is left out. */
export function writeUsersQuery(query: UsersQuery): string {
  const said = Object.entries(query).filter(
    ([name, value]) => value !== null && value !== wholeList[name as keyof UsersQuery],
  )
  return new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString()
}

/** Whether anything but all users is asked for. */
export function isFiltered({ search, status, role }: UsersQuery): boolean {
  return search.trim() !== '' || status !== null || role !== null
}

function oneOf<Value extends string>(values: readonly Value[], given: string | null): Value | null {
  return values.find((value) => value === given) ?? null
}
