import { expect, it } from 'vitest'
import { isStrong } from '../../ui/password-rules.ts'
import { generatePassword } from './generate-password.ts'

it('keeps every rule, and never comes twice', () => {
  const passwords = Array.from({ length: 500 }, generatePassword)
  expect(passwords.filter((password) => !isStrong(password, 'alice'))).toEqual([])
  expect(new Set(passwords).size).toBe(passwords.length)
})

it('uses nothing that looks like something else', () => {
  expect(Array.from({ length: 100 }, generatePassword).join('')).not.toMatch(/[il1o0A-Z]/)
})
