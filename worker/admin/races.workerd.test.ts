import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { signedIn } from '../authorisation-actors.ts'
import { newAccount } from '../test-accounts.ts'
import { forgetSession } from '../accounts/session-cache.ts'
import type { Id } from '../contract/ids.ts'
import { openInstallation, type TestClient } from '../test-client.ts'

const rounds = 50

interface Somebody {
  id: Id<'user'>
  client: TestClient
}

let admin: Somebody

async function newAdmin(): Promise<Somebody> {
  const { id } = await newAccount('admin')
  return { id, client: (await signedIn(id)).client }
}

beforeAll(async () => {
  await openInstallation()
  await env.DB.batch([env.DB.prepare('delete from sessions'), env.DB.prepare('delete from users')])
  admin = await newAdmin()
})

/** The status of a reply, or the code of its refusal. */
async function outcome(
  { client }: Somebody,
  method: string,
  path: string,
  body?: unknown,
): Promise<number | string> {
  const reply = await client.request(method, path, body === undefined ? {} : { body })
  return reply.ok ? reply.status : (await reply.json<{ code: string }>()).code
}

async function stored(id: Id<'user'>) {
  return env.DB.prepare(`select role, state from users where id = ?1`)
    .bind(id)
    .first<{ role: string; state: string }>()
}

/** What the audit says was done to an account, oldest first. */
async function recorded(id: Id<'user'>): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `select kind from audit where target_id = ?1 order by kind`,
  )
    .bind(id)
    .all<{ kind: string }>()
  return results.map(({ kind }) => kind)
}

describe('at the same moment, fifty times', () => {
  it('approving and deleting end with no account, whichever came first', async () => {
    for (let round = 0; round < rounds; round++) {
      const { id } = await newAccount('user', 'pending')
      const calls = [
        () => outcome(admin, 'POST', `/api/users/${id}/approve`),
        () => outcome(admin, 'DELETE', `/api/users/${id}`),
      ]
      const order = round % 2 === 0 ? calls : calls.toReversed()
      const results = await Promise.all(order.map((call) => call()))
      const [approved, deleted] = round % 2 === 0 ? results : results.toReversed()
      expect(deleted).toBe(204)
      expect([200, 'not_found']).toContain(approved)
      expect(await stored(id)).toBeNull()
      expect(await recorded(id)).toEqual(
        approved === 200 ? ['user.approve', 'user.delete'] : ['user.delete'],
      )
    }
  })

  it('approving and rejecting leave the account as one of them said', async () => {
    for (let round = 0; round < rounds; round++) {
      const { id } = await newAccount('user', 'pending')
      const decisions = round % 2 === 0 ? ['approve', 'reject'] : ['reject', 'approve']
      const results = await Promise.all(
        decisions.map(async (decision) => ({
          decision,
          result: await outcome(
            admin,
            'POST',
            `/api/users/${id}/${decision}`,
            decision === 'reject' ? {} : undefined,
          ),
        })),
      )
      const made = results.filter(({ result }) => result === 200).map(({ decision }) => decision)
      // A rejected account may still be approved; an approved one can only be disabled.
      expect([
        ['approve'],
        ['reject'],
        ['reject', 'approve'],
        ['approve', 'reject'],
      ]).toContainEqual(made)
      const state = made.includes('approve') ? 'active' : 'rejected'
      expect((await stored(id))?.state).toBe(state)
      expect(await recorded(id)).toEqual(made.map((decision) => `user.${decision}`).toSorted())
    }
  })

  it('disabling and deleting end with no account and no session', async () => {
    for (let round = 0; round < rounds; round++) {
      const { id } = await newAccount('user')
      const { client } = await signedIn(id)
      const calls = [
        () => outcome(admin, 'POST', `/api/users/${id}/disable`, {}),
        () => outcome(admin, 'DELETE', `/api/users/${id}`),
      ]
      const results = await Promise.all(
        (round % 2 === 0 ? calls : calls.toReversed()).map((call) => call()),
      )
      const [disabled, deleted] = round % 2 === 0 ? results : results.toReversed()
      expect(deleted).toBe(204)
      expect([200, 'not_found']).toContain(disabled)
      expect(await stored(id)).toBeNull()
      expect((await client.request('GET', '/api/auth/sessions')).status).toBe(401)
    }
  })

  it.each<[string, (id: string) => [string, string, unknown]]>([
    ['demote', (id: string) => ['PATCH', `/api/users/${id}`, { role: 'user' }]],
    ['disable', (id: string) => ['POST', `/api/users/${id}/disable`, {}]],
    ['delete', (id: string) => ['DELETE', `/api/users/${id}`, undefined]],
  ])('two administrators who %s each other leave exactly one', async (_, call) => {
    for (let round = 0; round < rounds; round++) {
      await env.DB.batch([
        env.DB.prepare('delete from sessions'),
        env.DB.prepare('delete from users'),
      ])
      forgetSession()
      const [one, other] = [await newAdmin(), await newAdmin()]
      const results = await Promise.all([
        outcome(one, ...call(other.id)),
        outcome(other, ...call(one.id)),
      ])
      const refused = results.filter((result) => typeof result === 'string')
      expect(refused).toHaveLength(1)
      // Whoever comes second is stopped by what the first has done to either of them.
      expect(['last_admin', 'session_ended', 'forbidden']).toContain(refused[0])
      const { results: left } = await env.DB.prepare(
        `select id from users where role = 'admin' and state = 'active'`,
      ).all()
      expect(left).toHaveLength(1)
    }
  })

  it('an administrator who deletes himself and one who demotes the other leave one', async () => {
    for (let round = 0; round < rounds; round++) {
      await env.DB.batch([
        env.DB.prepare('delete from sessions'),
        env.DB.prepare('delete from users'),
        env.DB.prepare('delete from rate_counters'),
      ])
      forgetSession()
      const [one, other] = [await newAdmin(), await newAdmin()]
      await Promise.all([
        outcome(one, 'PATCH', `/api/users/${other.id}`, { role: 'user' }),
        outcome(one, 'DELETE', '/api/me', { password: 'correct horse 1' }),
        outcome(other, 'PATCH', `/api/users/${one.id}`, { role: 'user' }),
      ])
      const { results: left } = await env.DB.prepare(
        `select id from users where role = 'admin' and state = 'active'`,
      ).all()
      expect(left).toHaveLength(1)
    }
  })
})
