import { expect, it } from 'vitest'
import { problemOf } from '#contract/problems.ts'
import { failureAdvice } from './failure-advice.ts'

const adviceFor = (...args: Parameters<typeof problemOf>) =>
  failureAdvice(problemOf(...args), 1_000)

it('offers to try again what may pass', () => {
  expect(adviceFor('provider_timeout', 'r')).toMatchObject({ canRetry: true, hint: 'retry' })
  expect(failureAdvice(null, 1_000)).toMatchObject({ canRetry: true, hint: null })
})

it('says when a used up quota is full again, and does not offer to try before', () => {
  const quota = {
    scope: 'user',
    limit: 1,
    used: 1,
    remaining: 0,
    resetsAt: 99_000,
    timeZone: 'UTC',
    custom: false,
    tokens: null,
    blockedBy: 'user',
  }
  expect(adviceFor('quota_exceeded', 'r', { quota, signInHelps: true })).toEqual({
    canRetry: false,
    otherModel: false,
    waitUntil: 99_000,
    signIn: true,
    hint: null,
  })
})

it('offers another model where this one is the obstacle', () => {
  expect(adviceFor('content_blocked', 'r').otherModel).toBe(true)
  expect(adviceFor('provider_auth', 'r')).toMatchObject({ otherModel: true, hint: 'admin' })
  expect(adviceFor('provider_rate_limited', 'r', { retryAfterMs: 5_000 })).toMatchObject({
    otherModel: true,
    waitUntil: 6_000,
  })
})

it('asks for less text where there is too much', () => {
  expect(adviceFor('message_too_long', 'r')).toMatchObject({ canRetry: false, hint: 'shorten' })
})
