import { describe, expect, it } from 'vitest'
import { newId } from '#contract/ids.ts'
import { nextOf, redirectOf, routeOf } from './route.ts'

const id = newId('conversation')

describe('an address', () => {
  it.each([
    ['/', { page: 'start' }],
    ['/main', { page: 'chat', conversationId: null }],
    ['/main/', { page: 'chat', conversationId: null }],
    [`/main/${id}`, { page: 'chat', conversationId: id }],
    ['/main/settings', { page: 'settings', section: null }],
    ['/main/settings/users', { page: 'settings', section: 'users' }],
    ['/auth/sign-in', { page: 'sign-in' }],
    ['/auth/sign-up', { page: 'sign-up' }],
  ])('%s is a page', (path, route) => {
    expect(routeOf(path)).toEqual(route)
  })

  it.each([
    '/nothing',
    '/auth',
    '/auth/sign-in/now',
    '/main/cnv_short',
    `/main/${newId('message')}`,
    `/main/${id}/more`,
    '/main/settings/toString',
    '/main/settings/users/more',
    '//evil.example',
  ])('%s is none', (path) => {
    expect(routeOf(path)).toEqual({ page: 'unknown' })
  })
})

describe('whoever is not signed in', () => {
  it('is sent to sign in, and back afterwards', () => {
    const to = redirectOf(`/main/${id}`, '', false)
    expect(to).toBe(`/auth/sign-in?next=${encodeURIComponent(`/main/${id}`)}`)
    expect(redirectOf('/auth/sign-in', new URL(to ?? '', 'http://x').search, true)).toBe(
      `/main/${id}`,
    )
  })

  it('may stay where no account is needed', () => {
    expect(redirectOf('/auth/sign-up', '', false)).toBeNull()
    expect(redirectOf('/nothing', '', false)).toBeNull()
  })
})

it('sends whoever is signed in away from the sign-in page', () => {
  expect(redirectOf('/auth/sign-in', '', true)).toBe('/main')
  expect(redirectOf('/main', '', true)).toBeNull()
})

it.each([
  'https://evil.example',
  '//evil.example/main',
  '/auth/sign-in',
  'javascript:alert(1)',
  '',
])('never leads to %j after signing in', (next) => {
  expect(nextOf(`?next=${encodeURIComponent(next)}`)).toBe('/main')
})
