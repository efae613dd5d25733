import { anotherAdminIsLeft, isStillAdmin, whyUnchanged } from '../accounts/may-change.ts'
import { releaseStreams } from '../accounts/release-streams.ts'
import { forgetSession } from '../accounts/session-cache.ts'
import { findUser, targetOf } from '../accounts/users.ts'
import { forgetKeys } from '../api-keys/key-cache.ts'
import { auditStatement, ifChanged, type Author } from '../audit/record-audit.ts'
import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import type { DeletedOwner } from './purge-owner.ts'

/**
 * Deletes an account: it is gone at once, its sessions, keys and streams with it, and a row in
 * `deleted_owners` stands for all it owned until that is gone too. Refuses `not_found`, `last_admin`
 * inside the writing statement, and `forbidden` when `actorId` lost its right meanwhile.
 */
export async function deleteAccount(
  env: Bindings,
  userId: Id<'user'>,
  { actorId, author, now }: { actorId: Id<'user'>; author: Author; now: number },
): Promise<DeletedOwner> {
  const user = await findUser(env, userId)
  if (user === null) throw new Fault('not_found')
  const gone = `exists (select 1 from deleted_owners where owner_id = ?1)`
  const [marked] = await env.DB.batch([
    env.DB.prepare(
      `insert into deleted_owners (owner_id, deleted_at, due_at)
       select id, ?2, ?2 from users where id = ?1 and ${anotherAdminIsLeft}
         and (?3 = ?1 or ${isStillAdmin('?3')})`,
    ).bind(userId, now, actorId),
    auditStatement(
      env,
      {
        kind: 'user.delete',
        target: targetOf(user),
        before: { username: user.username, role: user.role, state: user.state },
      },
      author,
      now,
      ifChanged,
    ),
    env.DB.prepare(`delete from users where id = ?1 and ${gone}`).bind(userId),
    env.DB.prepare(`delete from sessions where user_id = ?1 and ${gone}`).bind(userId),
    env.DB.prepare(`delete from api_keys where user_id = ?1 and ${gone}`).bind(userId),
  ])
  if (!marked?.meta.changes) {
    throw await whyUnchanged(env, userId, { actorId, losesAdmin: true })
  }
  forgetSession()
  forgetKeys()
  await releaseStreams(env, userId, { cancel: true })
  return { ownerId: userId, deletedAt: now }
}

/** Begins to delete guests who have expired; `finishDeletions` does the rest. Answers how many. */
export async function deleteExpiredGuests(
  env: Bindings,
  now: number,
  limit: number,
): Promise<number> {
  const [marked] = await env.DB.batch([
    env.DB.prepare(
      `insert into deleted_owners (owner_id, deleted_at, due_at)
       select id, ?1, ?1 from guests where expires_at < ?1 order by expires_at limit ?2
       on conflict do nothing`,
    ).bind(now, limit),
    env.DB.prepare(
      `delete from guests where expires_at < ?1
         and exists (select 1 from deleted_owners where owner_id = guests.id)`,
    ).bind(now),
  ])
  return marked?.meta.changes ?? 0
}
