import { usernamePattern } from '#contract/accounts.ts'

/** Whether the server would take it as a name, were it free. */
export function isUsername(text: string): boolean {
  return usernamePattern.test(text.trim())
}
