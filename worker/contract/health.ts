import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'

const Check = z.object({ ok: z.boolean(), latencyMs: z.int() })

export const Health = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  version: z.string(),
  migration: z.nullable(z.string()),
  time: z.int(),
  checks: z.object({ database: Check, objects: Check, files: Check }),
})
export type Health = z.infer<typeof Health>

export const getHealth = endpoint({
  method: 'GET',
  path: '/api/settings/health',
  audience: 'public',
  reply: Health,
})
