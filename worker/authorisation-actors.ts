import { env } from 'cloudflare:workers'
import { blobKey } from './attachments/blobs.ts'
import { png } from './attachments/tiny-images.ts'
import type { ActorId } from './contract/actor.ts'
import { newId, type Id } from './contract/ids.ts'
import { newSession } from './test-accounts.ts'
import { TestClient } from './test-client.ts'

/** What a call may name: things of whoever `ownerId` is, and some that are nobody's in particular. */
export interface Belongings {
  ownerId: ActorId
  username: string
  password: string
  sessionId: Id<'session'>
  conversationId: Id<'conversation'>
  messageId: Id<'message'>
  replyId: Id<'message'>
  attachmentId: Id<'attachment'>
  keyId: Id<'key'>
  otherUserId: Id<'user'>
  otherKeyId: Id<'key'>
  connectionId: Id<'connection'>
  modelId: Id<'model'>
}

/** A session of a user, and a browser that has its cookie. */
export async function signedIn(userId: Id<'user'>, expiresInMs?: number) {
  const { sessionId, cookie } = await newSession(userId, expiresInMs)
  const client = new TestClient({ damping: false })
  client.cookie = cookie
  return { client, sessionId }
}

/** A token of ours whose header says that nobody signed it. */
export function unsignedToken(sessionId: string, userId: string): string {
  const now = Math.floor(Date.now() / 1_000)
  const part = (value: object) =>
    btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  const claims = { sid: sessionId, sub: userId, iat: now, exp: now + 3_600 }
  return `${part({ alg: 'none' })}.${part(claims)}.`
}

/** A key of an account. Nobody knows the key itself. */
export async function newKey(userId: ActorId): Promise<Id<'key'>> {
  const id = newId('key')
  await env.DB.prepare(
    `insert into api_keys (id, user_id, name, hash, ending, scopes, created_at)
     values (?1, ?2, 'Mine', ?1, 'abcd', '["chat"]', ?3)`,
  )
    .bind(id, userId, Date.now())
    .run()
  return id
}

export async function newConnection(): Promise<Id<'connection'>> {
  const id = newId('connection')
  await env.DB.prepare(
    `insert into connections (id, name, provider, vendor, base_url, enabled, auth, header_names, tags, model_ids,
       capabilities, num_ctx, "order", without_stream_options, created_at, updated_at)
     values (?1, 'Unused', 'openai', 'auto', ?2, 1, 'none', '[]', '[]', '["unused"]', '{}', null, 99, 0, 1, 1)`,
  )
    .bind(id, env.TEST_UPSTREAM)
    .run()
  return id
}

export async function newGuest() {
  const client = new TestClient({ damping: false })
  const { actor } = await client.json<{ actor: { id: Id<'guest'> } }>('GET', '/api/me')
  return { client, id: actor.id }
}

/** A conversation of one finished reply, an image and a key, as if they had been there for long. */
export async function newBelongings(ownerId: ActorId) {
  const [conversationId, messageId, replyId, attachmentId, now] = [
    newId('conversation'),
    newId('message'),
    newId('message'),
    newId('attachment'),
    Date.now(),
  ]
  const sha256 = crypto.randomUUID()
  await env.FILES.put(blobKey(sha256), png(1, 1, sha256))
  const message = `insert into messages (id, conversation_id, parent_id, role, parts, state, last_seq, created_at, updated_at)`
  await env.DB.batch([
    env.DB.prepare(
      `insert into conversations (id, owner_id, title, title_source, reasoning, tools, active_leaf_id, message_count,
         input_tokens, output_tokens, created_at, active_at, revision, change_seq)
       values (?1, ?2, 'Mine', 'user', '{}', '{}', ?3, 2, 0, 0, ?4, ?4, 1, 1)`,
    ).bind(conversationId, ownerId, replyId, now),
    env.DB.prepare(
      `${message} values (?1, ?2, null, 'user', '[{"type":"text","text":"Hi"}]', '{"type":"complete","reason":"stop","raw":null}', null, ?3, ?3)`,
    ).bind(messageId, conversationId, now),
    env.DB.prepare(
      `${message} values (?1, ?2, ?3, 'assistant', '[{"type":"text","text":"Ho"}]', '{"type":"complete","reason":"stop","raw":null}', 3, ?4, ?4)`,
    ).bind(replyId, conversationId, messageId, now),
    env.DB.prepare(
      `insert into attachments (id, owner_id, sha256, media_type, bytes, width, height, name, created_at)
       values (?1, ?2, ?3, 'image/png', 1, 1, 1, 'x.png', ?4)`,
    ).bind(attachmentId, ownerId, sha256, now),
  ])
  return { conversationId, messageId, replyId, attachmentId, keyId: await newKey(ownerId) }
}
