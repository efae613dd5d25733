import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'

/** Work that runs on a schedule, each part with an outcome of its own. */
export const JobName = z.enum([
  'replies',
  'models',
  'pendingAccounts',
  'guests',
  'deletions',
  'uploads',
  'images',
  'conversations',
  'sessions',
  'usage',
  'audit',
  'goneModels',
  'records',
])
export type JobName = z.infer<typeof JobName>

export const Job = z.object({
  name: JobName,
  every: z.enum(['minutes', 'hour', 'day']),
  lastRunAt: z.nullable(z.int()),
  durationMs: z.nullable(z.int()),
  /** Null before its first end. */
  ok: z.nullable(z.boolean()),
  removed: z.int(),
  problem: z.optional(z.string()),
  isRunning: z.boolean(),
  /** The last run had more to do than one run may; the next one goes on. */
  isUnfinished: z.boolean(),
})
export type Job = z.infer<typeof Job>

const admin = { audience: 'user', capability: 'manageSettings' } as const

export const listJobs = endpoint({
  ...admin,
  method: 'GET',
  path: '/api/jobs',
  reply: z.object({ items: z.array(Job) }),
})
/** Refuses `conflict` while it runs. */
export const runJob = endpoint({
  ...admin,
  method: 'POST',
  path: '/api/jobs/:name/run',
  reply: Job,
})
