import { passwordLengthMax, passwordLengthMin } from '../contract/accounts.ts'

export type PasswordRule = 'length' | 'letter' | 'digit' | 'username'

/** The first rule a new password breaks, or null. Lengths count characters after NFKC. */
export function brokenRule(password: string, username: string): PasswordRule | null {
  const normal = password.normalize('NFKC')
  const length = Array.from(normal).length
  if (length < passwordLengthMin || length > passwordLengthMax) return 'length'
  if (!/\p{L}/u.test(normal)) return 'letter'
  if (!/\p{Nd}/u.test(normal)) return 'digit'
  if (normal.toLowerCase() === username.toLowerCase()) return 'username'
  return null
}
