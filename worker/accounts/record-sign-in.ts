import { authorOf, recordAudit, type Author } from '../audit/record-audit.ts'
import type { Id } from '../contract/ids.ts'
import { Fault } from '../platform/fault.ts'
import type { AppContext } from '../platform/serve.ts'
import { findUserByName, targetOf } from './users.ts'

/** Somebody who is known by now, though the request came from nobody yet. */
export function authorNamed(
  context: AppContext,
  { id, username }: { id: Id<'user'>; username: string },
): Author {
  return { ...authorOf(context), actor: { id, name: username } }
}

/**
 * Records a sign-in that was refused. What was typed is named only where there is such an account:
 * people type passwords into the wrong field. What was not even looked at is not worth a record.
 */
export async function recordRefusedSignIn(
  context: AppContext,
  username: string,
  error: unknown,
): Promise<void> {
  if (!(error instanceof Fault) || error.code === 'rate_limited') return
  const user = await findUserByName(context.env, username)
  const target = user ? targetOf(user) : undefined
  const change = { kind: 'session.signInFailed', target, after: { code: error.code } } as const
  await recordAudit(context, change, { ...authorOf(context), actor: null })
}
