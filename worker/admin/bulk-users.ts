import { decideAccount } from '../accounts/decide-account.ts'
import type { Decider } from '../accounts/may-change.ts'
import type { Id } from '../contract/ids.ts'
import type { Language, Problem } from '../contract/problems.ts'
import type { BulkAction } from '../contract/users.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault, toProblem } from '../platform/fault.ts'
import { asFault } from '../platform/transient.ts'
import { deleteAccount } from './delete-owner.ts'
import type { DeletedOwner } from './purge-owner.ts'

/** How many accounts are worked on at the same time. */
const atOnce = 5

export interface BulkOutcome {
  items: { id: Id<'user'>; ok: boolean; problem?: Problem }[]
  /** Accounts that are gone, whose things have yet to be removed. */
  deleted: DeletedOwner[]
}

/** Does the same to each of some accounts; each has an outcome of its own. */
export async function bulkUsers(
  env: Bindings,
  {
    ids,
    action,
    reason,
  }: { ids: readonly Id<'user'>[]; action: BulkAction; reason: string | null },
  decider: Decider,
  wording: { requestId: string; language: Language },
): Promise<BulkOutcome> {
  const waiting = [...new Set(ids)].values()
  const outcome: BulkOutcome = { items: [], deleted: [] }
  const work = async () => {
    // All share the one iterator, so each account is seen to once.
    for (const id of waiting) {
      try {
        if (action === 'delete') outcome.deleted.push(await deleteOther(env, id, decider))
        else await decideAccount(env, action, id, reason, decider)
        outcome.items.push({ id, ok: true })
      } catch (error) {
        const problem = toProblem(asFault(error), wording.requestId, wording.language)
        if (problem.code === 'internal') console.error(error)
        outcome.items.push({ id, ok: false, problem })
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  const order = (id: Id<'user'>) => ids.indexOf(id)
  outcome.items.sort((a, b) => order(a.id) - order(b.id))
  return outcome
}

/** Deletes the account of somebody else; one's own takes one's password. */
export async function deleteOther(
  env: Bindings,
  id: Id<'user'>,
  decider: Decider,
): Promise<DeletedOwner> {
  if (id === decider.actorId) throw new Fault('own_account')
  return deleteAccount(env, id, decider)
}
