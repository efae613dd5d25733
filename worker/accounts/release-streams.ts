import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { forgetSession } from './session-cache.ts'

/**
 * Lets go of the streams of sessions that have ended: of one, or of all of a user. Their replies go
 * on, unless `cancel` says that the account may have none.
 */
export async function releaseStreams(
  env: Bindings,
  userId: Id<'user'>,
  { sessionId = null, cancel = false }: { sessionId?: Id<'session'> | null; cancel?: boolean },
): Promise<void> {
  const { results } = await env.DB.prepare(
    `select reply_id from generations where owner_id = ?1 and ended_at is null and kind = 'chat'`,
  )
    .bind(userId)
    .all<{ reply_id: Id<'message'> }>()
  await Promise.allSettled(
    results.map(async ({ reply_id }) => {
      const stub = env.GENERATIONS.getByName(reply_id)
      await stub.release(sessionId)
      if (cancel) await stub.cancel(reply_id, 'admin')
    }),
  )
}

/**
 * Sessions of a user have ended: nothing is remembered of them, and their streams are let go. Those
 * cannot be told apart by "all but one", so all are; one that is still welcome comes back.
 */
export async function letGo(env: Bindings, userId: Id<'user'>): Promise<void> {
  forgetSession()
  await releaseStreams(env, userId, {})
}
