import { expect, it } from 'vitest'
import type { AccountState } from '#contract/accounts.ts'
import { decisionsFor, fitFor } from './user-acts.ts'
import { fakeUser } from './fake-user.ts'

it.each<[AccountState, string[]]>([
  ['pending', ['approve', 'reject', 'delete']],
  ['active', ['disable', 'delete']],
  ['rejected', ['approve', 'delete']],
  ['disabled', ['enable', 'delete']],
])('offers for %s accounts %j', (state, actions) => {
  expect(decisionsFor(fakeUser({ state }), 'usr_other')).toEqual(actions)
})

it('decides nothing about oneself', () => {
  const user = fakeUser({ state: 'active' })
  expect(decisionsFor(user, user.id)).toEqual([])
})

it('leaves out of many those an action is not about', () => {
  const waiting = fakeUser({ state: 'pending' })
  expect(fitFor('approve', [waiting, fakeUser({ state: 'active' })])).toEqual([waiting])
})
