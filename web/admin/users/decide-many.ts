import type { User } from '#contract/accounts.ts'
import type { Problem } from '#contract/problems.ts'
import { bulkUsers, type BulkAction } from '#contract/users.ts'
import { call } from '../../api/call.ts'
import { inBatches } from '../bulk-draft.ts'

const idsPerRequest = 100

/** What came of a decision about one of many. */
export interface Decided {
  user: User
  ok: boolean
  problem: Problem | undefined
}

/** Decides the same about many accounts; each has an outcome of its own. */
export async function decideMany(
  action: BulkAction,
  users: readonly User[],
  reason: string,
): Promise<Decided[]> {
  const byId = new Map(users.map((user) => [user.id, user]))
  const decided: Decided[] = []
  for (const ids of inBatches([...byId.keys()], idsPerRequest)) {
    const body = { ids, action, ...(reason && { reason }) }
    const { items } = await call(bulkUsers, { body })
    for (const { id, ok, problem } of items) {
      const user = byId.get(id)
      if (user) decided.push({ user, ok, problem })
    }
  }
  return decided
}
