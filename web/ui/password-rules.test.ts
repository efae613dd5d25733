import { expect, it } from 'vitest'
import { isStrong, passwordRules } from './password-rules.ts'

const broken = (password: string, username = 'ada') =>
  passwordRules(password, username)
    .filter(([, isKept]) => !isKept)
    .map(([rule]) => rule)

it.each([
  ['', ['length', 'letter', 'digit', 'username']],
  ['short1', ['length']],
  ['onlyletters', ['digit']],
  ['12345678', ['letter']],
  ['Ada12345', ['username']],
  ['correct horse 1', []],
  ['密码密码密码12', []],
  [`a1${'x'.repeat(127)}`, ['length']],
])('%j breaks %j', (password, rules) => {
  expect(broken(password, 'ada12345')).toEqual(rules)
})

it('counts characters as the server stores them', () => {
  expect(broken('ﬁﬁﬁﬁ1')).toEqual([])
  expect(isStrong('😀😀😀😀a1', 'ada')).toBe(false)
})
