import type { Problem } from '#contract/problems.ts'

export type SignUpField = 'username' | 'password' | 'note' | 'setupToken'

/** Why sign-up was refused, at the fields concerned; empty when it is about none of them. */
export function signUpErrors(problem: Problem | null): Partial<Record<SignUpField, string>> {
  if (!problem) return {}
  switch (problem.code) {
    case 'username_taken':
      return { username: problem.detail }
    case 'weak_password':
      return { password: problem.detail }
    case 'setup_token_required':
      return { setupToken: problem.detail }
    case 'invalid_request':
      return fieldErrors(problem.errors)
    default:
      return {}
  }
}

const fields: readonly string[] = ['username', 'password', 'note', 'setupToken']

function fieldErrors(errors: unknown): Partial<Record<SignUpField, string>> {
  if (!Array.isArray(errors)) return {}
  const pairs = (errors as { path?: unknown; message?: unknown }[])
    .map(({ path, message }) => [path, message])
    .filter((pair): pair is [string, string] => {
      const [path, message] = pair
      return typeof path === 'string' && fields.includes(path) && typeof message === 'string'
    })
  return Object.fromEntries(pairs)
}
