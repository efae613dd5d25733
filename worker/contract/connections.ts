import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { idSchema } from './ids.ts'
import { listOf, listQuery } from './lists.ts'
import { CapabilityFlag } from './models.ts'
import { Problem } from './problems.ts'
import { visibleText } from './visible-text.ts'

/** A kind of upstream API. Which ones there are is for the registry of adapters to say. */
export const ProviderId = z.string().check(z.regex(/^[a-z][a-z_]{1,39}$/, 'Not a provider.'))
export type ProviderId = z.infer<typeof ProviderId>

/** The dialect of an OpenAI-shaped connection; `auto` goes by the host. */
export const Vendor = z.enum([
  'auto',
  'openai',
  'deepseek',
  'openrouter',
  'groq',
  'mistral',
  'xai',
  'moonshot',
  'zai',
  'together',
  'perplexity',
  'vllm',
  'llamacpp',
  'lmstudio',
  'other',
])
export type Vendor = z.infer<typeof Vendor>

/** A field that only some kinds of connection have. */
export const ConnectionField = z.enum(['vendor', 'azureApiVersion', 'numCtx', 'modelIds'])
export type ConnectionField = z.infer<typeof ConnectionField>

/** A kind of connection, as its adapter describes it: what the form is made of. */
export const ProviderInfo = z.object({
  id: ProviderId,
  label: z.string(),
  fields: z.array(ConnectionField),
  baseUrlDefault: z.nullable(z.string()),
  authDefault: z.enum(['key', 'none']),
})
export type ProviderInfo = z.infer<typeof ProviderInfo>

const HeaderName = visibleText(64).check(
  z.regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'Not a header name.'),
)
const Secret = z
  .string()
  .check(
    z.trim(),
    z.minLength(1),
    z.maxLength(2_000),
    z.regex(/^[\x20-\x7e]+$/, 'Printable characters only.'),
  )
const HeaderValue = z
  .string()
  .check(z.maxLength(2_048), z.regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'Not a header value.'))

const fields = {
  name: visibleText(60),
  provider: ProviderId,
  vendor: Vendor,
  baseUrl: visibleText(300),
  enabled: z.boolean(),
  auth: z.enum(['key', 'none']),
  azureApiVersion: z.nullable(visibleText(40)),
  prefix: z.nullable(
    visibleText(40).check(z.regex(/^[A-Za-z0-9_-]+$/, 'Letters, digits, _ and - only.')),
  ),
  tags: z.array(visibleText(30)).check(z.maxLength(10)),
  modelIds: z.array(visibleText(200)).check(z.maxLength(500)),
  capabilities: z.partialRecord(CapabilityFlag, z.nullable(z.boolean())),
  numCtx: z.nullable(z.int().check(z.gte(256), z.lte(10_000_000))),
  order: z.int().check(z.gte(0), z.lte(10_000)),
}
const written = {
  ...fields,
  /** Write-only; absent keeps it, null clears it. */
  apiKey: z.nullable(Secret),
  headers: z
    .array(z.strictObject({ name: HeaderName, value: z.optional(HeaderValue) }))
    .check(z.maxLength(10)),
}

export const Connection = z.object({
  ...fields,
  id: idSchema('connection'),
  apiKey: z.object({ set: z.boolean(), hint: z.nullable(z.string()) }),
  headers: z.array(z.object({ name: z.string(), value: z.object({ set: z.boolean() }) })),
  createdAt: z.int(),
  updatedAt: z.int(),
  status: z.object({
    checkedAt: z.nullable(z.int()),
    ok: z.nullable(z.boolean()),
    problem: z.nullable(Problem),
    models: z.int(),
  }),
})
export type Connection = z.infer<typeof Connection>

export const ConnectionPatch = z.partial(z.strictObject(written))
export type ConnectionPatch = z.infer<typeof ConnectionPatch>

export const ConnectionCreate = z.extend(ConnectionPatch, {
  provider: ProviderId,
  baseUrl: fields.baseUrl,
})
export type ConnectionCreate = z.infer<typeof ConnectionCreate>

/** What a trial call found; HTTP 200 either way, so the provider's own words reach the form. */
export const Verification = z.object({
  ok: z.boolean(),
  latencyMs: z.int(),
  models: z.int(),
  sample: z.array(z.string()),
  problem: z.nullable(Problem),
  provider: z.nullable(z.object({ status: z.int(), message: z.string() })),
})
export type Verification = z.infer<typeof Verification>

const admin = { audience: 'user', capability: 'manageConnections' } as const

export const listConnections = endpoint({
  ...admin,
  method: 'GET',
  path: '/api/connections',
  query: z.object(listQuery),
  reply: listOf(Connection),
})
export const createConnection = endpoint({
  ...admin,
  method: 'POST',
  path: '/api/connections',
  body: ConnectionCreate,
  reply: Connection,
  status: 201,
})
export const getConnection = endpoint({
  ...admin,
  method: 'GET',
  path: '/api/connections/:id',
  reply: Connection,
})
export const updateConnection = endpoint({
  ...admin,
  method: 'PATCH',
  path: '/api/connections/:id',
  body: ConnectionPatch,
  reply: Connection,
})
export const deleteConnection = endpoint({
  ...admin,
  method: 'DELETE',
  path: '/api/connections/:id',
})

const trial = { modelId: z.optional(visibleText(200)) }
/** Tries an unsaved form. */
export const verifyConnection = endpoint({
  ...admin,
  method: 'POST',
  path: '/api/connections/verify',
  body: z.extend(ConnectionCreate, trial),
  reply: Verification,
})
/** Tries a stored connection, with unsaved changes laid over it. */
export const verifyStoredConnection = endpoint({
  ...admin,
  method: 'POST',
  path: '/api/connections/:id/verify',
  body: z.extend(ConnectionPatch, trial),
  reply: Verification,
})

export const listProviders = endpoint({
  ...admin,
  method: 'GET',
  path: '/api/providers',
  reply: z.object({ items: z.array(ProviderInfo) }),
})

/** A connection in a file, without anything secret. */
export const ConnectionEntry = z.strictObject(fields)
export type ConnectionEntry = z.infer<typeof ConnectionEntry>
export const ConnectionFile = z.object({
  items: z.array(ConnectionEntry).check(z.maxLength(500)),
})

export const exportConnections = endpoint({
  ...admin,
  method: 'GET',
  path: '/api/connections/export',
  reply: ConnectionFile,
})
/** Makes the connections that are not there; their keys have to be entered. */
export const importConnections = endpoint({
  ...admin,
  method: 'POST',
  path: '/api/connections/import',
  body: z.unknown(),
  bytesMax: 5_000_000,
  reply: z.object({
    items: z.array(
      z.object({ name: z.string(), result: z.enum(['created', 'exists', 'refused']) }),
    ),
  }),
})
