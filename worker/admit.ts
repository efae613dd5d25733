import type { MiddlewareHandler, Next } from 'hono'
import { newId } from './contract/ids.ts'
import type { Language } from './contract/problems.ts'
import { deploymentOf } from './platform/env.ts'
import { Fault } from './platform/fault.ts'
import { log } from './platform/log.ts'
import { addressOf } from './platform/network.ts'
import { requireRate } from './platform/request-rate.ts'
import { served, type AppContext, type AppEnv } from './platform/serve.ts'

const healthPaths = ['/api/health', '/api/settings/health']
const unsafeMethods = ['POST', 'PUT', 'PATCH', 'DELETE']
const corsMethods = 'GET, POST, PUT, PATCH, DELETE'

/** What every request passes first: an id, the headers of every reply, and where it comes from. */
export const admit: MiddlewareHandler<AppEnv> = async (context, next) => {
  const startedAt = Date.now()
  context.set('requestId', newId('request', startedAt))
  context.set('language', languageOf(context.req.header('accept-language')))
  context.set('actor', null)
  setHeaders(context)
  if (!healthPaths.includes(context.req.path)) deploymentOf(context.env)
  // It reads no cookie, so it matters not where a request comes from.
  if (context.req.path.startsWith('/v1/')) return finish(context, next, startedAt)
  const isAllowed = allowsOrigin(context)
  if (context.req.method === 'OPTIONS' && isAllowed) return context.body(null, 204)
  if (!isAllowed && unsafeMethods.includes(context.req.method)) requireOwnOrigin(context)
  return finish(context, next, startedAt)
}

async function finish(context: AppContext, next: Next, startedAt: number): Promise<void> {
  await next()
  dressStream(context)
  logRequest(context, startedAt)
}

/** Damps floods, once it is known who calls. */
export const damp: MiddlewareHandler<AppEnv> = async (context, next) => {
  const actor = context.get('actor')
  const now = Date.now()
  if (actor === null) requireRate(context.env, `address:${addressOf(context.req.raw)}`, 1_200, now)
  else requireRate(context.env, `requests:${actor.id}`, actor.type === 'user' ? 600 : 240, now)
  await next()
}

/** Chinese when the browser asks for it before English; English otherwise. */
function languageOf(header: string | undefined): Language {
  const tags = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((tag) => tag.trim())
  return tags.find((tag) => /^(zh|en)\b/.test(tag))?.startsWith('zh') ? 'zh' : 'en'
}

function setHeaders(context: AppContext): void {
  context.header('X-Request-Id', context.get('requestId'))
  context.header('X-Content-Type-Options', 'nosniff')
  context.header('Referrer-Policy', 'strict-origin-when-cross-origin')
  context.header('X-Frame-Options', 'DENY')
  context.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=()')
  context.header('Cache-Control', 'no-store')
  if (new URL(context.req.url).protocol === 'https:') {
    context.header('Strict-Transport-Security', 'max-age=31536000')
  }
}

/** A stream comes from its object as it is, without the headers that were set for it. */
function dressStream(context: AppContext): void {
  if (context.res.headers.has('X-Request-Id')) return
  const { status, headers, body } = context.res
  const cacheControl = headers.get('Cache-Control')
  context.res = new Response(body, { status, headers })
  setHeaders(context)
  allowsOrigin(context)
  if (cacheControl) context.header('Cache-Control', cacheControl)
  const cookie = context.get('newCookie')
  if (cookie) context.header('Set-Cookie', cookie, { append: true })
}

/** Answers cross-origin requests of the listed origins, and never with `*`. */
function allowsOrigin(context: AppContext): boolean {
  const origin = context.req.header('origin')
  // Health is answered also where a secret lacks, and nothing else is then.
  if (!origin || healthPaths.includes(context.req.path)) return false
  if (!deploymentOf(context.env).allowedOrigins.includes(origin)) return false
  context.header('Access-Control-Allow-Origin', origin)
  context.header('Access-Control-Allow-Credentials', 'true')
  context.header('Access-Control-Allow-Methods', corsMethods)
  context.header(
    'Access-Control-Allow-Headers',
    'Content-Type, Last-Event-ID, If-Match, Idempotency-Key',
  )
  context.header('Vary', 'Origin', { append: true })
  return true
}

/** A browser says where an unsafe request comes from; whoever says nothing is no browser. */
function requireOwnOrigin(context: AppContext): void {
  const origin = context.req.header('origin')
  const site = context.req.header('sec-fetch-site')
  if (origin !== undefined) {
    const own = new URL(context.req.url).origin
    if (origin === own) return
  } else if (site === undefined || site === 'same-origin' || site === 'none') return
  throw new Fault('origin_refused')
}

/** One line of JSON; never a text, a credential, a query string or an address. */
function logRequest(context: AppContext, startedAt: number): void {
  const actor = context.get('actor')
  const { method, path } = context.req
  const route = served.find((entry) => entry.method === method && entry.pattern.test(path))
  log(context.env, 'info', {
    requestId: context.get('requestId'),
    method,
    route: route?.path ?? 'unknown',
    status: context.res.status,
    durationMs: Date.now() - startedAt,
    actorType: actor?.type ?? null,
    actorId: actor?.id ?? null,
  })
}
