import { expect, it } from 'vitest'
import { problemOf } from '#contract/problems.ts'
import { signUpErrors } from './sign-up-errors.ts'

it('puts a refusal at the field that has to change', () => {
  expect(Object.keys(signUpErrors(problemOf('username_taken', 'r')))).toEqual(['username'])
  expect(Object.keys(signUpErrors(problemOf('weak_password', 'r')))).toEqual(['password'])
  expect(Object.keys(signUpErrors(problemOf('setup_token_required', 'r')))).toEqual(['setupToken'])
})

it('reads which fields did not fit', () => {
  const errors = [
    { path: 'username', message: 'Too short.' },
    { path: 'keepGuestConversations', message: 'Not a field of the form.' },
  ]
  expect(signUpErrors(problemOf('invalid_request', 'r', { errors }))).toEqual({
    username: 'Too short.',
  })
})

it('leaves what is about no field to the form', () => {
  expect(signUpErrors(problemOf('rate_limited', 'r'))).toEqual({})
  expect(signUpErrors(null)).toEqual({})
})
