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
    ['/main/settings', { page: 'settings', group: 'settings', section: null }],
    ['/main/settings/about', { page: 'settings', group: 'settings', section: 'about' }],
    ['/main/admin', { page: 'settings', group: 'admin', section: null }],
    ['/main/admin/users', { page: 'settings', group: 'admin', section: 'users' }],
    ['/main/settings/users', { page: 'moved', to: '/main/admin/users' }],
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
    '/main/settings/quota',
    '/main/admin/about',
    '/main/admin/toString',
    '//evil.example',
  ])('%s is none', (path) => {
    expect(routeOf(path)).toEqual({ page: 'unknown' })
  })
})

const visitor = { kind: 'nobody', isFirst: false } as const
const member = { kind: 'user', isFirst: false } as const
const guest = { kind: 'guest', isFirst: false } as const

describe('a guest', () => {
  it.each(['/main', `/main/${id}`, '/main/settings', '/auth/sign-in', '/auth/sign-up'])(
    'may stay at %s',
    (path) => expect(redirectOf(path, '', guest)).toBeNull(),
  )

  it.each(['/main/admin', '/main/admin/users', '/main/settings/security'])(
    'has to sign in for %s',
    (path) =>
      expect(redirectOf(path, '', guest)).toBe(`/auth/sign-in?next=${encodeURIComponent(path)}`),
  )

  it('is sent to the chat from the start, and to make the first account while there is none', () => {
    expect(redirectOf('/', '', guest)).toBe('/main')
    expect(redirectOf('/main', '', { ...guest, isFirst: true })).toBe('/auth/sign-up')
  })
})

describe('whoever is neither signed in nor a guest', () => {
  it('is sent to sign in, and back afterwards', () => {
    const to = redirectOf(`/main/${id}`, '', visitor)
    expect(to).toBe(`/auth/sign-in?next=${encodeURIComponent(`/main/${id}`)}`)
    expect(redirectOf('/auth/sign-in', new URL(to ?? '', 'http://x').search, member)).toBe(
      `/main/${id}`,
    )
  })

  it('may stay where no account is needed', () => {
    expect(redirectOf('/auth/sign-up', '', visitor)).toBeNull()
    expect(redirectOf('/nothing', '', visitor)).toBeNull()
  })

  it('is sent to make the first account while there is none', () => {
    const first = { ...visitor, isFirst: true }
    expect(redirectOf('/auth/sign-in', '', first)).toBe('/auth/sign-up')
    expect(redirectOf('/main', '', first)).toBe('/auth/sign-up')
    expect(redirectOf('/auth/sign-up', '', first)).toBeNull()
  })
})

it('leads from where a page was to where it is', () => {
  expect(redirectOf('/main/settings/models', '', member)).toBe('/main/admin/models')
  expect(nextOf('?next=/main/settings/models')).toBe('/main/settings/models')
})

it('sends whoever is signed in away from the sign-in page', () => {
  expect(redirectOf('/auth/sign-in', '', member)).toBe('/main')
  expect(redirectOf('/main', '', member)).toBeNull()
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
