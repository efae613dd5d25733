import { Hono, type Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type * as z from 'zod/mini'
import { can, type Actor } from '../contract/actor.ts'
import type { Endpoint, Params } from '../contract/endpoint.ts'
import { idSchema, newId, type Id, type Kind } from '../contract/ids.ts'
import type { Language, ProblemCode } from '../contract/problems.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { OwnLimits } from '../contract/users.ts'
import type { Bindings } from './env.ts'
import { Fault, toProblem } from './fault.ts'
import { readFormFile } from './read-form.ts'
import { asFault } from './transient.ts'

export interface AppEnv {
  Bindings: Bindings
  Variables: {
    requestId: Id<'request'>
    language: Language
    /** Null for a visitor without identity. */
    actor: Actor | null
    /** Why there is no actor, when a route needs one. */
    absence: ProblemCode
    sessionId: Id<'session'> | null
    /** A `Set-Cookie` for the caller, also where the reply has headers of its own. */
    newCookie: string | undefined
    /** The actor's own limits, where it has any. */
    limits: OwnLimits
    settings: Settings
    settingsRevision: number
  }
}
export type AppContext = Context<AppEnv>

export interface Call<Path extends string, Query, Body> {
  params: Params<Path>
  query: Query
  body: Body
  /** Whoever calls; refuses `not_signed_in` where nobody does. */
  readonly actor: Actor
  /** The same, when it must have an account. */
  readonly user: Extract<Actor, { type: 'user' }>
  /** The file of an endpoint that takes a form, read when it is asked for. */
  file(): Promise<File>
  context: AppContext
}

export function newRoutes(): Hono<AppEnv> {
  return new Hono<AppEnv>()
}

/** An endpoint as its contract describes it, and the addresses that are its own. */
export interface Served extends Endpoint<string, unknown, unknown, unknown> {
  pattern: RegExp
}

/** Every endpoint served: a wrong method can be told from a wrong address, and all are described. */
export const served: Served[] = []

/**
 * Answers `endpoint` on `app`: who may call is asked first, then query and body are parsed, so the
 * handler sees only what the contract says. It returns the reply, nothing (204) or a Response.
 */
export function serve<Path extends string, Query, Body, Reply>(
  app: Hono<AppEnv>,
  endpoint: Endpoint<Path, Query, Body, Reply>,
  handler: (call: Call<Path, Query, Body>) => Promise<NoInfer<Reply> | Response | void>,
): void {
  const { method, path } = endpoint
  const pattern = new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`)
  served.push({ ...endpoint, pattern })
  app.on(method, path, async (context) => {
    requireAudience(context, endpoint)
    const call = {
      params: context.req.param() as unknown as Params<Path>,
      query: endpoint.query && parse(endpoint.query, context.req.query()),
      body:
        endpoint.body && parse(endpoint.body, await readJson(context.req.raw, endpoint.bytesMax)),
      context,
      file: () => readFormFile(context.req.raw, endpoint.bytesMax),
      get actor() {
        return actorOf(context)
      },
      get user() {
        const actor = actorOf(context)
        if (actor.type !== 'user') throw new Fault('not_signed_in')
        return actor
      },
    }
    const reply = await handler(call as Call<Path, Query, Body>)
    if (reply instanceof Response) return reply
    if (reply === undefined) return context.body(null, 204)
    return context.json(reply as object, endpoint.status ?? 200)
  })
}

function actorOf(context: AppContext): Actor {
  const actor = context.get('actor')
  if (actor === null) throw new Fault(context.get('absence'))
  return actor
}

function requireAudience(
  context: AppContext,
  {
    audience,
    capability,
  }: Pick<Endpoint<string, unknown, unknown, unknown>, 'audience' | 'capability'>,
): void {
  if (audience === 'public') return
  const actor = actorOf(context)
  if (audience === 'user' && actor.type !== 'user') throw new Fault('not_signed_in')
  if (capability && !can(actor, capability, context.get('settings'))) {
    throw new Fault('forbidden', { capability })
  }
}

/** `value` as `schema` says, or `invalid_request` naming each path that does not fit. */
export function parse<T>(schema: z.ZodMiniType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.slice(0, 20).map((issue) => ({
    path: issue.path.map(String).join('.'),
    message:
      issue.code === 'unrecognized_keys'
        ? `Unknown: ${issue.keys.join(', ')}`.slice(0, 200)
        : issue.message,
  }))
  throw new Fault('invalid_request', { errors })
}

/** An id from a path. One of the wrong form names nothing, so it is simply not there. */
export function pathId<K extends Kind>(kind: K, value: string): Id<K> {
  const parsed = idSchema(kind).safeParse(value)
  if (!parsed.success) throw new Fault('not_found')
  return parsed.data
}

/** Unless its endpoint says otherwise. */
export const jsonBytesMax = 1_000_000

async function readJson(request: Request, bytesMax = jsonBytesMax): Promise<unknown> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new Fault('unsupported_media_type')
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) {
    throw new Fault('body_too_large', { bytesMax })
  }
  const text = await readBounded(request, bytesMax)
  try {
    return JSON.parse(text)
  } catch {
    throw new Fault('malformed_json')
  }
}

/** The text of a body. A length header can lie or lack, so the bytes are counted as they come. */
export async function readBounded(request: Request, bytesMax: number): Promise<string> {
  if (request.body === null) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > bytesMax) throw new Fault('body_too_large', { bytesMax })
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** The one place where a fault becomes HTTP. */
export function onError(error: Error, context: AppContext): Response {
  const requestId = context.get('requestId') ?? newId('request')
  const problem = toProblem(asFault(error), requestId, context.get('language') ?? 'en')
  if (problem.code === 'internal') {
    console.error(
      JSON.stringify({ level: 'error', requestId, message: error.message, stack: error.stack }),
    )
  }
  const wait = problem['retryAfterMs']
  if (typeof wait === 'number') context.header('Retry-After', String(Math.ceil(wait / 1_000)))
  context.header('Content-Type', 'application/problem+json')
  return context.body(JSON.stringify(problem), problem.status as ContentfulStatusCode)
}

export function onNotFound(context: AppContext): never {
  const path = context.req.path
  const methods = served.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
  if (methods.length === 0) throw new Fault('not_found')
  context.header('Allow', methods.join(', '))
  throw new Fault('method_not_allowed')
}
