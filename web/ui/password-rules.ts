import { passwordLengthMax, passwordLengthMin } from '#contract/accounts.ts'

export type PasswordRule = 'length' | 'letter' | 'digit' | 'username'

/** Every rule for a new password and whether it is kept, in the order they are shown. */
export function passwordRules(password: string, username: string): [PasswordRule, boolean][] {
  const normal = password.normalize('NFKC')
  const length = Array.from(normal).length
  const name = username.trim().toLowerCase()
  return [
    ['length', length >= passwordLengthMin && length <= passwordLengthMax],
    ['letter', /\p{L}/u.test(normal)],
    ['digit', /\p{Nd}/u.test(normal)],
    ['username', length > 0 && normal.toLowerCase() !== name],
  ]
}

export function isStrong(password: string, username: string): boolean {
  return passwordRules(password, username).every(([, isKept]) => isKept)
}
