import { expect, it } from 'vitest'
import { newId } from '#contract/ids.ts'
import { isFiltered, readUsersQuery, wholeList, writeUsersQuery } from './users-query.ts'

it('says nothing of what goes without saying', () => {
  expect(writeUsersQuery(wholeList)).toBe('')
  expect(readUsersQuery('')).toEqual(wholeList)
})

it('comes back from an address as it was', () => {
  const query = {
    search: 'a&b = ü',
    status: 'pending',
    role: 'admin',
    sort: 'lastSeen',
    page: 3,
    user: newId('user'),
  } as const
  expect(readUsersQuery(writeUsersQuery(query))).toEqual(query)
})

it.each(['status=lost&role=root&sort=size', 'page=0', 'page=1.5', 'page=x', 'user=usr_1'])(
  'ignores %j, which means nothing',
  (query) => {
    expect(readUsersQuery(query)).toEqual(wholeList)
  },
)

it('is a filter only where somebody may be left out', () => {
  expect(isFiltered({ ...wholeList, page: 2, sort: 'name' })).toBe(false)
  expect(isFiltered({ ...wholeList, search: ' ' })).toBe(false)
  expect(isFiltered({ ...wholeList, status: 'active' })).toBe(true)
})
