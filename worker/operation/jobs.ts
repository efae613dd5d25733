import { sweepAttachments } from '../attachments/sweep-attachments.ts'
import { staleConnections } from '../connections/connections.ts'
import { removeGoneModels, syncEach } from '../connections/refresh-models.ts'
import { wakeRun } from '../chat/generation-stub.ts'
import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { deleteConversations } from '../chat/delete-conversations.ts'
import type { ActorId } from '../contract/actor.ts'
import { loadSettings } from '../settings/settings.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
/** At most this many rows a step; a job repeats its step until nothing is left. */
const stepMax = 500

export type JobName = 'sweep' | 'hourly' | 'daily'

/** How often each job is due. */
export const jobEveryMs: Record<JobName, number> = {
  sweep: 5 * minuteMs,
  hourly: 60 * minuteMs,
  daily: dayMs,
}

/** What a job removed or mended. Each is idempotent and may be run at any time. */
export const jobs: Record<JobName, (env: Bindings, now: number) => Promise<number>> = {
  sweep: sweepGenerations,
  hourly: async (env, now) => (await refreshModels(env, now)) + (await expireAccounts(env, now)),
  daily: async (env, now) =>
    (await expireConversations(env, now)) +
    (await expireAttachments(env, now)) +
    (await expireRecords(env, now)) +
    (await removeGoneModels(env, now)),
}

/** Wakes the object of each reply that is open for over two minutes: a lost alarm only delays. */
async function sweepGenerations(env: Bindings, now: number): Promise<number> {
  const { results } = await env.DB.prepare(
    `select reply_id from generations where ended_at is null and accepted_at < ?1 limit ?2`,
  )
    .bind(now - 2 * minuteMs, stepMax)
    .all<{ reply_id: Id<'message'> }>()
  await Promise.allSettled(results.map(({ reply_id }) => wakeRun(env, reply_id)))
  return results.length
}

async function refreshModels(env: Bindings, now: number): Promise<number> {
  const { values } = await loadSettings(env)
  const stale = await staleConnections(env, now - values['models.ttlMinutes'] * minuteMs)
  const allowPrivateHosts = values['provider.allowPrivateHosts']
  return (await syncEach(env, stale, { allowPrivateHosts, now })).length
}

async function expireAccounts(env: Bindings, now: number): Promise<number> {
  const { values } = await loadSettings(env)
  const days = values['accounts.pendingDays']
  if (days === null) return 0
  return removeStepwise(
    env,
    `users where state = 'pending' and created_at < ?1`,
    now - days * dayMs,
  )
}

async function expireConversations(env: Bindings, now: number): Promise<number> {
  const { values } = await loadSettings(env)
  const days = values['data.conversationRetentionDays']
  if (days === null) return 0
  let removed = 0
  for (;;) {
    const { results } = await env.DB.prepare(
      `select id, owner_id from conversations where pinned_at is null and active_at < ?1 limit ?2`,
    )
      .bind(now - days * dayMs, stepMax)
      .all<{ id: Id<'conversation'>; owner_id: ActorId }>()
    if (results.length === 0) return removed
    for (const ownerId of new Set(results.map(({ owner_id }) => owner_id))) {
      const ids = results.filter(({ owner_id }) => owner_id === ownerId).map(({ id }) => id)
      removed += await deleteConversations(env, ids, ownerId, now)
    }
  }
}

async function expireAttachments(env: Bindings, now: number): Promise<number> {
  const { values } = await loadSettings(env)
  return sweepAttachments(env, values, now)
}

async function expireRecords(env: Bindings, now: number): Promise<number> {
  const { values } = await loadSettings(env)
  const usageBefore = now - values['data.usageRetentionDays'] * dayMs
  const expired: [string, number | string][] = [
    ['sessions where expires_at < ?1', now],
    ['rate_counters where resets_at < ?1', now],
    ['early_cancels where at < ?1', now - dayMs],
    ['idempotency_keys where created_at < ?1', now - dayMs],
    ['deleted_conversations where deleted_at < ?1', now - 30 * dayMs],
    ['generations where accepted_at < ?1 and ended_at is not null', usageBefore],
    ['quota_usage where day < ?1', new Date(usageBefore).toISOString().slice(0, 10)],
  ]
  let removed = 0
  for (const [from, before] of expired) removed += await removeStepwise(env, from, before)
  return removed
}

const keys: Record<string, string> = {
  users: 'id',
  sessions: 'id',
  rate_counters: 'subject',
  early_cancels: 'reply_id',
  idempotency_keys: 'created_at',
  deleted_conversations: 'id',
  generations: 'reply_id',
  quota_usage: 'day',
}

/** Deletes what `from` (a table and its condition on ?1) names, a bounded number of rows at a time. */
async function removeStepwise(
  env: Bindings,
  from: string,
  before: number | string,
): Promise<number> {
  const table = from.split(' ')[0] ?? ''
  const key = keys[table]
  let removed = 0
  for (;;) {
    const { meta } = await env.DB.prepare(
      `delete from ${table} where ${key} in (select ${key} from ${from} limit ${stepMax})`,
    )
      .bind(before)
      .run()
    removed += meta.changes
    if (meta.changes === 0) return removed
  }
}
