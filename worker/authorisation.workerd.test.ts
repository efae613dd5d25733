import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { forgetSession } from './accounts/session-cache.ts'
import {
  newBelongings,
  newConnection,
  newGuest,
  newKey,
  signedIn,
  unsignedToken,
  type Belongings,
} from './authorisation-actors.ts'
import { newAccount, password, tokenFor } from './test-accounts.ts'
import { authorisation, type Entry, type Who } from './authorisation-table.ts'
import type { ActorId } from './contract/actor.ts'
import { newId, type Id } from './contract/ids.ts'
import { served } from './platform/serve.ts'
import { connectModels, openInstallation, TestClient } from './test-client.ts'

let modelId: Id<'model'>
let user: { id: Id<'user'>; username: string }

beforeAll(async () => {
  const first = await openInstallation({
    'models.access.guest': 'allow',
    'chat.concurrentRepliesMax': null,
  })
  ;[modelId] = (await connectModels(first, ['echo'])) as [Id<'model'>]
  user = await newAccount('user')
})

interface Caller {
  client: TestClient
  ownerId: ActorId
  sessionId: Id<'session'>
}

async function asUser(role: 'admin' | 'user', account = newAccount(role)): Promise<Caller> {
  const { id } = await account
  const { client, sessionId } = await signedIn(id)
  return { client, ownerId: id, sessionId }
}

async function asGuest(): Promise<Caller> {
  const { client, id } = await newGuest()
  return { client, ownerId: id, sessionId: newId('session') }
}

/** With a cookie, but nobody any more, or never anybody. */
async function withToken(token: (sessionId: string, userId: string) => Promise<string> | string) {
  const caller = await asUser('admin')
  caller.client.cookie = `__Host-session=${await token(caller.sessionId, caller.ownerId)}`
  return caller
}

async function inState(state: string): Promise<Caller> {
  return asUser('user', newAccount('user', state))
}

const secret = 'the secret of another installation, long enough'
const ranks: Record<Who, number> = { public: 0, actor: 1, user: 2, admin: 3 }

/** Everybody who may come, how far they get and what stops them where they do not. */
const callers: Record<string, { rank: number; stop: string; make: () => Promise<Caller> }> = {
  'a visitor': {
    rank: 0,
    stop: 'not_signed_in',
    make: async () => ({ ...(await asGuest()), client: new TestClient({ damping: false }) }),
  },
  'a guest': { rank: 1, stop: 'not_signed_in', make: asGuest },
  'a user': { rank: 2, stop: 'forbidden', make: () => asUser('user') },
  'an administrator': { rank: 3, stop: '', make: () => asUser('admin') },
  'a pending account': { rank: 0, stop: 'session_ended', make: () => inState('pending') },
  'a rejected account': { rank: 0, stop: 'session_ended', make: () => inState('rejected') },
  'a disabled account': { rank: 0, stop: 'session_ended', make: () => inState('disabled') },
  'an expired session': {
    rank: 0,
    stop: 'session_ended',
    async make() {
      const { id } = await newAccount('admin')
      const { client, sessionId } = await signedIn(id, -1)
      return { client, ownerId: id, sessionId }
    },
  },
  'a revoked session': {
    rank: 0,
    stop: 'session_ended',
    async make() {
      const caller = await asUser('admin')
      await env.DB.prepare('delete from sessions where id = ?1').bind(caller.sessionId).run()
      forgetSession()
      return caller
    },
  },
  'a token nobody signed': {
    rank: 0,
    stop: 'not_signed_in',
    make: () => withToken(unsignedToken),
  },
  'a token of another installation': {
    rank: 0,
    stop: 'not_signed_in',
    make: () => withToken((session, id) => tokenFor(session, id, { secret })),
  },
  'a token that names its own key': {
    rank: 0,
    stop: 'not_signed_in',
    make: () => withToken((session, id) => tokenFor(session, id, { header: { kid: '/dev/null' } })),
  },
  'a token with a key inside': {
    rank: 0,
    stop: 'not_signed_in',
    make: () =>
      withToken((session, id) =>
        tokenFor(session, id, { secret, header: { jwk: { kty: 'oct', k: btoa(secret) } } }),
      ),
  },
  'the session of one user in the name of another': {
    rank: 0,
    stop: 'session_ended',
    make: () => withToken((session) => tokenFor(session, user.id)),
  },
}

async function belongingsOf(caller: Caller): Promise<Belongings> {
  const { id: otherUserId } = await newAccount('user')
  return {
    ...(await newBelongings(caller.ownerId)),
    ownerId: caller.ownerId,
    username: user.username,
    password,
    sessionId: caller.sessionId,
    otherUserId,
    otherKeyId: await newKey(otherUserId),
    connectionId: await newConnection(),
    modelId,
  }
}

async function arrive(make: () => Promise<Caller>) {
  const caller = await make()
  return { caller, own: await belongingsOf(caller) }
}

const arrived = new Map<string, Awaited<ReturnType<typeof arrive>> & { cookie: string }>()

/** The same every time, for whoever gets nowhere: with its cookie, which a refusal may have cleared. */
async function stopped(name: string, make: () => Promise<Caller>) {
  const known = arrived.get(name) ?? { ...(await arrive(make)), cookie: '' }
  known.cookie ||= known.caller.client.cookie
  known.caller.client.cookie = known.cookie
  arrived.set(name, known)
  return known
}

async function request(route: string, { id, body }: Entry, caller: Caller, own: Belongings) {
  const [method = '', path = ''] = route.split(' ')
  const filled = [id?.(own) ?? []]
    .flat()
    .reduce((address, value) => address.replace(/:\w+/, value), path)
  const reply = await caller.client.request(method, filled, body ? { body: body(own) } : {})
  const text = await reply.text()
  const problem = reply.status >= 400 ? (JSON.parse(text) as { code: string }) : null
  return { status: reply.status, code: problem?.code ?? null, problem }
}

it('knows who may call each endpoint that is served, and no others', () => {
  const routes = served.map(({ method, path }) => `${method} ${path}`)
  expect(routes.toSorted()).toEqual(Object.keys(authorisation).toSorted())
})

describe.each(Object.entries(authorisation))('%s', (route, entry) => {
  it('lets in whom it may and stops everybody else with the reason', async () => {
    const outcomes: Record<string, unknown> = {}
    const expected: Record<string, unknown> = {}
    for (const [name, { rank, stop, make }] of Object.entries(callers)) {
      const mayPass = rank >= ranks[entry.who]
      // Whoever is stopped changes nothing, and so may come again.
      const { caller, own } = mayPass ? await arrive(make) : await stopped(name, make)
      const { status, code } = await request(route, entry, caller, own)
      const isNobody = rank === 0
      if (!mayPass) {
        outcomes[name] = code
        // Whoever lacks an account is asked for one, whatever it would take beyond that.
        expected[name] = rank === 1 && entry.who === 'user' ? 'not_signed_in' : stop
      } else if (entry.status !== undefined && !isNobody) {
        outcomes[name] = status
        expected[name] = entry.status
      } else {
        outcomes[name] = [status < 500, code]
        const isMissing = route.includes('branding/:image') || route.endsWith('/avatar')
        expected[name] = [true, isMissing && route.startsWith('GET') ? 'not_found' : null]
      }
    }
    expect(outcomes).toEqual(expected)
  })
})

const owned = Object.entries(authorisation).filter(([, { owned: isOwned }]) => isOwned)

describe.each(owned)('%s of somebody else', (route, entry) => {
  it('looks as if it were not there, to everybody', async () => {
    const strangers = [
      asUser('user'),
      asUser('admin'),
      ...(entry.who === 'actor' ? [asGuest()] : []),
    ]
    const owners = [asUser('user'), asUser('admin'), ...(entry.who === 'actor' ? [asGuest()] : [])]
    for (const owner of await Promise.all(owners)) {
      const theirs = await belongingsOf(owner)
      for (const stranger of await Promise.all(strangers)) {
        const mine = await belongingsOf(stranger)
        const nobodys = {
          ...mine,
          conversationId: newId('conversation'),
          messageId: newId('message'),
          replyId: newId('message'),
          attachmentId: newId('attachment'),
          sessionId: newId('session'),
          keyId: newId('key'),
        }
        const foreign = await request(route, entry, stranger, theirs)
        const absent = await request(route, entry, stranger, nobodys)
        expect([foreign.status, foreign.code]).toEqual([404, 'not_found'])
        // The cancel of a reply nobody knows yet is kept for it.
        const missing = route.endsWith('/cancel') ? foreign.problem : absent.problem
        expect({ ...foreign.problem, requestId: 0 }).toEqual({ ...missing, requestId: 0 })
      }
      expect((await request(route, entry, owner, theirs)).code).toBeNull()
    }
  })
})

it('shows an avatar to its user and to administrators', async () => {
  const form = new FormData()
  const [owner, other, admin] = [await asUser('user'), await asUser('user'), await asUser('admin')]
  const entry = authorisation['PUT /api/me/avatar']!
  form.set('file', (entry.body!({} as Belongings) as FormData).get('file')!)
  await owner.client.request('PUT', '/api/me/avatar', { body: form })
  const statuses = await Promise.all(
    [owner, other, admin].map(async ({ client }) => {
      const reply = await client.request('GET', `/api/users/${owner.ownerId}/avatar`)
      await reply.arrayBuffer()
      return reply.status
    }),
  )
  expect(statuses).toEqual([200, 404, 200])
})

describe('a body that names things of somebody else', () => {
  it('deletes none of them', async () => {
    const [owner, stranger] = [await asUser('user'), await asUser('user')]
    const theirs = await belongingsOf(owner)
    const body = { ids: [theirs.conversationId] }
    expect(await stranger.client.json('POST', '/api/conversations/delete', body)).toEqual({
      deleted: 0,
    })
    const path = `/api/conversations/${theirs.conversationId}`
    expect((await owner.client.request('GET', path)).status).toBe(200)
  })

  it('sends nothing into them and takes nothing out of them', async () => {
    const [owner, stranger] = [await asUser('user'), await asGuest()]
    const theirs = await belongingsOf(owner)
    const mine = await belongingsOf(stranger)
    const base = {
      mode: 'send',
      conversationId: mine.conversationId,
      messageId: newId('message'),
      replyId: newId('message'),
      parentId: mine.replyId,
      content: 'Hello',
      modelId,
    }
    const bodies = [
      { ...base, conversationId: theirs.conversationId, parentId: theirs.replyId },
      { ...base, conversationId: theirs.conversationId, parentId: null },
      { ...base, parentId: theirs.replyId },
      { ...base, attachments: [theirs.attachmentId] },
      { ...base, messageId: theirs.messageId },
      { ...base, replyId: theirs.replyId },
      { ...base, mode: 'regenerate', messageId: theirs.messageId, content: undefined },
    ]
    for (const body of bodies) {
      const reply = await stranger.client.request('POST', '/api/chat/stream', { body })
      const { code } = await reply.json<{ code: string }>()
      expect(['not_found', 'parent_not_found', 'id_conflict', 'invalid_request']).toContain(code)
    }
  })
})
