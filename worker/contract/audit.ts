import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { idSchema } from './ids.ts'
import { listOf, listQuery, queryInt } from './lists.ts'

/** What is recorded, by what it is about: `<area>.<what happened>`. */
export const auditKinds = {
  session: ['signIn', 'signInFailed', 'passwordChange'],
  user: [
    'signUp',
    'create',
    'rename',
    'role',
    'approve',
    'reject',
    'enable',
    'disable',
    'password',
    'limits',
    'signOut',
    'delete',
  ],
  quota: ['reset'],
  setting: ['change', 'rollback', 'image'],
  connection: ['create', 'update', 'delete', 'import', 'refresh'],
  model: ['override', 'reset', 'import', 'refresh'],
  key: ['create', 'update', 'delete'],
  job: ['run'],
} as const satisfies Record<string, readonly string[]>

export type AuditArea = keyof typeof auditKinds
export type AuditKind = {
  [Area in AuditArea]: `${Area}.${(typeof auditKinds)[Area][number]}`
}[AuditArea]

export const auditAreas = Object.keys(auditKinds) as AuditArea[]

const Named = z.object({
  type: z.string(),
  id: z.nullable(z.string()),
  name: z.nullable(z.string()),
})

export const AuditEntry = z.object({
  id: idSchema('audit'),
  at: z.int(),
  /** Null where nobody was known, as at a failed sign-in. */
  actor: z.nullable(Named),
  /** The network part of the address (/24, /48). */
  network: z.string(),
  kind: z.string(),
  target: z.nullable(Named),
  /** What was changed, field by field; secrets are `[set]` or `[cleared]`. */
  before: z.nullable(z.record(z.string(), z.unknown())),
  after: z.nullable(z.record(z.string(), z.unknown())),
})
export type AuditEntry = z.infer<typeof AuditEntry>

const moment = z.optional(
  z.pipe(z.string().check(z.regex(/^\d{1,15}$/, 'Milliseconds since 1970.')), z.transform(Number)),
)

export const listAudit = endpoint({
  method: 'GET',
  path: '/api/audit',
  audience: 'user',
  capability: 'readAudit',
  query: z.object({
    /** An area or one kind. */
    kind: z.optional(z.string().check(z.maxLength(40))),
    actorId: z.optional(idSchema('user')),
    from: moment,
    to: moment,
    cursor: listQuery.cursor,
    limit: z.optional(queryInt(1, 100)),
  }),
  reply: listOf(AuditEntry),
})
