import { expect, it } from 'vitest'
import { problemOf } from '#contract/problems.ts'
import { Refused } from '../api/refused.ts'
import { refusedAccountOf } from './refused-account.ts'

const refused = (code: Parameters<typeof problemOf>[0], members = {}) =>
  new Refused(problemOf(code, 'req_1', members))

it('tells in which state an account is, and why', () => {
  expect(refusedAccountOf(refused('account_pending'))).toEqual({ type: 'pending', reason: null })
  expect(refusedAccountOf(refused('account_rejected', { reason: 'Who are you?' }))).toEqual({
    type: 'rejected',
    reason: 'Who are you?',
  })
  expect(refusedAccountOf(refused('account_disabled', { reason: '' }))).toEqual({
    type: 'disabled',
    reason: null,
  })
})

it('leaves everything else to the form', () => {
  expect(refusedAccountOf(refused('wrong_credentials'))).toBeNull()
  expect(refusedAccountOf(new TypeError('no'))).toBeNull()
})
