import type { MiddlewareHandler } from 'hono'
import { keyedHash, seal, sha256OfBytes, unseal } from './platform/crypto.ts'
import { deploymentOf } from './platform/env.ts'
import { Fault } from './platform/fault.ts'
import { isForm, readFormFile } from './platform/read-form.ts'
import { readBounded, type AppEnv } from './platform/serve.ts'

/** No endpoint takes more JSON. */
const bodyBytesMax = 5_000_000

interface Remembered {
  fingerprint: string
  reply: string | null
}

interface Reply {
  status: 200 | 201
  body: string
}

/**
 * A `POST` with an `Idempotency-Key` is answered once: the same actor, key and body get the first
 * reply again for 24 h, another body is `id_conflict`. Streams have ids of their own instead. Replies
 * are sealed: one may hold a secret that nobody is to find where it is kept.
 */
export const rememberReplies: MiddlewareHandler<AppEnv> = async (context, next) => {
  const key = context.req.header('idempotency-key')
  const actor = context.get('actor')
  const { method, path } = context.req
  if (key === undefined || actor === null || method !== 'POST' || path.startsWith('/api/chat/'))
    return next()
  if (!/^[\x20-\x7e]{1,128}$/.test(key)) {
    throw new Fault('invalid_request', {
      errors: [{ path: 'Idempotency-Key', message: '1 to 128 printable characters.' }],
    })
  }
  const fingerprint = await fingerprintOf(context.env, path, context.req.raw)
  const db = context.env.DB
  const { meta } = await db
    .prepare(
      `insert into idempotency_keys (actor_id, key, fingerprint, created_at) values (?1, ?2, ?3, ?4)
       on conflict do nothing`,
    )
    .bind(actor.id, key, fingerprint, Date.now())
    .run()
  if (meta.changes === 0) {
    const known = await firstReply(context.env, actor.id, key)
    if (known?.fingerprint !== fingerprint) throw new Fault('id_conflict')
    if (known.reply === null) throw new Fault('conflict', { state: 'running' })
    const { status, body } = await openReply(context.env, actor.id, key, known.reply)
    return context.body(body, status, { 'Content-Type': 'application/json' })
  }
  await next()
  // A refusal is no reply to keep: the same request may succeed the next time.
  const statement = context.res.ok
    ? db
        .prepare(`update idempotency_keys set reply = ?3 where actor_id = ?1 and key = ?2`)
        .bind(actor.id, key, await sealReply(context.env, actor.id, key, context.res.clone()))
    : db
        .prepare(`delete from idempotency_keys where actor_id = ?1 and key = ?2`)
        .bind(actor.id, key)
  await statement.run()
}

async function sealReply(
  env: AppEnv['Bindings'],
  actorId: string,
  key: string,
  response: Response,
): Promise<string> {
  const reply = JSON.stringify({ status: response.status, body: await response.text() })
  return seal(reply, deploymentOf(env).credentialsKey, `${actorId} ${key}`)
}

/** What was sealed. Refuses `conflict` where the deployment has other keys since. */
async function openReply(
  env: AppEnv['Bindings'],
  actorId: string,
  key: string,
  sealed: string,
): Promise<Reply> {
  const { credentialsKey, credentialsKeyPrevious } = deploymentOf(env)
  const keys = [credentialsKey, credentialsKeyPrevious]
  const reply = await unseal(sealed, keys, `${actorId} ${key}`)
  if (reply === null) throw new Fault('conflict', { state: 'lost' })
  return JSON.parse(reply) as Reply
}

/** A form is known by its file: what stands between its fields is new in every request. */
async function fingerprintOf(
  env: AppEnv['Bindings'],
  path: string,
  request: Request,
): Promise<string> {
  if (!isForm(request))
    return keyed(env, `${path}\n${await readBounded(request.clone(), bodyBytesMax)}`)
  const file = await readFormFile(request)
  const hash = await sha256OfBytes(new Uint8Array(await file.arrayBuffer()))
  return keyed(env, `${path}\n${file.name}\n${hash}`)
}

/** Keyed, for a body may hold a password: by a plain hash of it one could try guesses. */
function keyed(env: AppEnv['Bindings'], text: string): string {
  return keyedHash(text, deploymentOf(env).jwtSecret)
}

const waitMs = 100
const waitsMax = 50

/** What was answered first, waited for when the first request is still under way. */
async function firstReply(
  env: AppEnv['Bindings'],
  actorId: string,
  key: string,
): Promise<Remembered | null> {
  for (let waits = 0; ; waits++) {
    const known = await env.DB.prepare(
      `select fingerprint, reply from idempotency_keys where actor_id = ?1 and key = ?2`,
    )
      .bind(actorId, key)
      .first<Remembered>()
    if (known?.reply !== null || waits === waitsMax) return known
    await new Promise((resolve) => setTimeout(resolve, waitMs))
  }
}
