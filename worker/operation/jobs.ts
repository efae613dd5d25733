import { deleteExpiredGuests } from '../admin/delete-owner.ts'
import { finishDeletions } from '../admin/finish-deletions.ts'
import { expireImages, sweepUploads } from '../attachments/sweep-attachments.ts'
import { expireConversations } from '../chat/expire-conversations.ts'
import { wakeOpenRuns } from '../chat/wake-open-runs.ts'
import { refreshStale, removeGoneModels } from '../connections/refresh-models.ts'
import type { Job, JobName } from '../contract/jobs.ts'
import type { Settings } from '../contract/settings-registry.ts'
import { wakeOpenCalls } from '../openai-api/kept/wake-open-calls.ts'
import { endLostCalls } from '../openai-api/end-lost-calls.ts'
import type { Bindings } from '../platform/env.ts'
import { removeRows } from './remove-rows.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
const guestsAtOnce = 500
const callsAtOnce = 500
/** Each has a lot to it. */
const deletionsAtOnce = 10

export interface JobCall {
  env: Bindings
  settings: Settings
  now: number
}

/** A job by its steps: each tells how much it removed or mended, and may be the last that is taken. */
export type Steps = AsyncGenerator<number, void>

interface JobDefinition {
  every: Job['every']
  steps(call: JobCall): Steps
}

/** What is done on a schedule. Each may be run at any time, and be left off after any step. */
export const jobs: Record<JobName, JobDefinition> = {
  replies: {
    every: 'minutes',
    async *steps({ env, settings, now }) {
      yield* wakeOpenRuns(env, now - 2 * minuteMs)
      yield* wakeOpenCalls(env, now - 2 * minuteMs)
      const timeoutMs = settings['provider.timeoutMs']
      yield* repeated(() => endLostCalls(env, { timeoutMs, now, max: callsAtOnce }), callsAtOnce)
    },
  },
  deletions: {
    every: 'minutes',
    steps: ({ env, now }) =>
      repeated(() => finishDeletions(env, now, deletionsAtOnce), deletionsAtOnce),
  },
  models: {
    every: 'hour',
    steps: ({ env, settings, now }) => refreshStale(env, settings, now),
  },
  pendingAccounts: {
    every: 'hour',
    async *steps({ env, settings, now }) {
      const days = settings['accounts.pendingDays']
      if (days === null) return
      yield* removeRows(env, 'users', `state = 'pending' and created_at < ?1`, now - days * dayMs)
    },
  },
  guests: {
    every: 'day',
    steps: ({ env, now }) =>
      repeated(() => deleteExpiredGuests(env, now, guestsAtOnce), guestsAtOnce),
  },
  uploads: { every: 'day', steps: ({ env, now }) => sweepUploads(env, now) },
  images: {
    every: 'day',
    async *steps({ env, settings, now }) {
      const days = settings['attachments.retentionDays']
      if (days !== null) yield* expireImages(env, now - days * dayMs, now)
    },
  },
  conversations: {
    every: 'day',
    async *steps({ env, settings, now }) {
      const days = settings['data.conversationRetentionDays']
      if (days !== null) yield* expireConversations(env, now - days * dayMs, now)
    },
  },
  sessions: {
    every: 'day',
    steps: ({ env, now }) => removeRows(env, 'sessions', 'expires_at < ?1', now),
  },
  usage: {
    every: 'day',
    async *steps({ env, settings, now }) {
      const before = now - settings['data.usageRetentionDays'] * dayMs
      yield* removeRows(env, 'generations', 'accepted_at < ?1 and ended_at is not null', before)
      yield* removeRows(env, 'quota_usage', 'day < ?1', new Date(before).toISOString().slice(0, 10))
    },
  },
  audit: {
    every: 'day',
    steps: ({ env, settings, now }) =>
      removeRows(env, 'audit', 'at < ?1', now - settings['data.auditRetentionDays'] * dayMs),
  },
  goneModels: { every: 'day', steps: ({ env, now }) => removeGoneModels(env, now) },
  records: {
    every: 'day',
    async *steps({ env, now }) {
      yield* removeRows(env, 'rate_counters', 'resets_at < ?1', now)
      yield* removeRows(env, 'early_cancels', 'at < ?1', now - dayMs)
      yield* removeRows(env, 'idempotency_keys', 'created_at < ?1', now - dayMs)
      // The objects themselves go by their own alarms.
      yield* removeRows(env, 'kept_calls', 'expires_at < ?1', now)
      yield* removeRows(env, 'deleted_conversations', 'deleted_at < ?1', now - 30 * dayMs)
    },
  },
}

/** A step that is taken again while it finds as much as it may do. */
async function* repeated(step: () => Promise<number>, atOnce: number): Steps {
  for (;;) {
    const done = await step()
    yield done
    if (done < atOnce) return
  }
}
