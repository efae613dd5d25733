import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { blobKey } from '../attachments/blobs.ts'
import { png } from '../attachments/tiny-images.ts'
import { newBelongings, newGuest, signedIn } from '../authorisation-actors.ts'
import { newAccount } from '../test-accounts.ts'
import { newId, type Id } from '../contract/ids.ts'
import { TestCaller } from '../test-caller.ts'
import {
  callsAbout,
  connectModels,
  newSend,
  openInstallation,
  readFrames,
  TestClient,
  until,
} from '../test-client.ts'
import { deleteExpiredGuests } from './delete-owner.ts'
import { finishDeletions } from './finish-deletions.ts'

const hourMs = 3_600_000
let admin: TestClient
let echo: Id<'model'>
let slow: Id<'model'>

beforeAll(async () => {
  admin = await openInstallation({ 'guests.enabled': true, 'models.access.guest': 'allow' })
  ;[echo, slow] = (await connectModels(admin, ['echo', 'slow:200', 'pace:50:400'])) as [
    Id<'model'>,
    Id<'model'>,
  ]
})

/** Records of administrators, which name an account as it was. */
const records = ['audit', 'settings_revisions']

/** Every table in which an id still occurs, in whatever column. */
async function tablesWith(id: string): Promise<string[]> {
  const { results: tables } = await env.DB.prepare(
    `select name from sqlite_master where type = 'table' and name not glob '_cf_*' and name not glob 'sqlite_*'`,
  ).all<{ name: string }>()
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const { results } = await env.DB.prepare(`select * from "${name}"`).all()
      return JSON.stringify(results).includes(id) ? [name] : []
    }),
  )
  return found.flat().filter((name) => !records.includes(name))
}

/** Lets hours go by, as many as it takes. */
async function untilGone(id: string): Promise<void> {
  let hours = 1
  await until(async () => {
    await finishDeletions(env as never, Date.now() + hourMs * hours++ + 60_000, 100)
    return (await tablesWith(id)).length === 0
  })
}

async function newUser(role: 'admin' | 'user' = 'user') {
  const account = await newAccount(role)
  return { ...account, ...(await signedIn(account.id)) }
}

/** Something in every place where something of an actor can be. */
async function useEverything(client: TestClient, id: Id<'user'> | Id<'guest'>) {
  const kept = await newBelongings(id)
  await readFrames(await client.send(newSend(echo)))
  const image = await client.newImage()
  await client.send(newSend(slow, 'Look', { attachments: [image.id] }))
  await client.request('POST', `/api/chat/stream/${newId('message')}/cancel`)
  const body = { id: newId('conversation') }
  await client.request('POST', '/api/conversations', { body, headers: { 'idempotency-key': 'k' } })
  await client.request('DELETE', `/api/conversations/${body.id}`)
  const row = await env.DB.prepare(`select sha256 from attachments where id = ?1`)
    .bind(image.id)
    .first<{ sha256: string }>()
  return { ...kept, sha256: row!.sha256 }
}

describe('a deleted account', () => {
  it('leaves nothing but records of usage that name nobody', async () => {
    const { id, client } = await newUser()
    const { sha256 } = await useEverything(client, id)
    const form = new FormData()
    form.set('file', new File([png(2, 2, id)], 'me.png'))
    await client.request('PUT', '/api/me/avatar', { body: form })
    expect((await tablesWith(id)).length).toBeGreaterThan(7)
    const usage = () => env.DB.prepare('select count(*) as n from generations').first('n')
    const before = await usage()

    expect((await admin.request('DELETE', `/api/users/${id}`)).status).toBe(204)
    expect(await client.json('GET', '/api/conversations')).toMatchObject({ code: 'session_ended' })
    expect(await admin.json('GET', `/api/users/${id}`)).toMatchObject({ code: 'not_found' })
    await untilGone(id)
    expect(await usage()).toBe(before)
    expect(await env.FILES.head(blobKey(sha256))).toBeNull()
    expect(await env.FILES.head(`avatars/${id}`)).toBeNull()
  })

  it('takes its running answers with it', async () => {
    const { id, client } = await newUser()
    const send = newSend(slow)
    const read = readFrames(await client.send(send))
    await admin.request('DELETE', `/api/users/${id}`)
    await read
    const ended = await until(() =>
      env.DB.prepare(`select state from generations where reply_id = ?1 and ended_at is not null`)
        .bind(send.replyId)
        .first(),
    )
    expect(ended).toEqual({ state: 'cancelled' })
  })

  it('takes with it what programs have stored in its name, and ends what they have running', async () => {
    const { id, client } = await newUser()
    const caller = await TestCaller.of(client)
    const done = await caller.created({ model: 'echo', input: 'Hello' })
    const running = await caller.created({ model: 'pace:50:400', input: id, background: true })
    await until(async () => (await callsAbout(id)).length === 1)
    await admin.request('DELETE', `/api/users/${id}`)
    await untilGone(id)
    await until(async () => (await callsAbout(id))[0]?.outcome === 'aborted')
    for (const response of [done, running]) {
      const stub = env.CALLS.getByName(`rsp_${response.id.slice('resp_'.length)}`)
      const left = await runInDurableObject(stub, (_, { storage }) =>
        storage.sql.exec(`select name from sqlite_master where name not like '_cf%'`).toArray(),
      )
      expect(left).toEqual([])
    }
  })

  it('gives its name free at once, and leaves alone what others share with it', async () => {
    const [one, other] = [await newUser(), await newUser()]
    const bytes = png(3, 3, 'the same for both')
    const theirs = await (await one.client.upload(bytes)).json<{ id: string }>()
    const kept = await (await other.client.upload(bytes)).json<{ id: string; url: string }>()
    await admin.request('DELETE', `/api/users/${one.id}`)
    expect((await admin.request('GET', `/api/attachments/${theirs.id}`)).status).toBe(404)
    expect((await other.client.request('GET', `/api/attachments/${kept.id}`)).status).toBe(200)
    expect((await new TestClient().signUp(one.username)).status).toBe(201)
  })

  it('is deleted to the end after a crash in the middle', async () => {
    const { id, client } = await newUser()
    await useEverything(client, id)
    // All that the request got round to: the account is gone, and a note of it is there.
    const now = Date.now()
    await env.DB.batch([
      env.DB.prepare(`insert into deleted_owners values (?1, ?2, ?2)`).bind(id, now),
      env.DB.prepare(`delete from users where id = ?1`).bind(id),
    ])
    await untilGone(id)
    expect(await tablesWith(id)).toEqual([])
  })

  it('is looked at again for an hour, for what a late request still stored', async () => {
    const { id } = await newUser()
    await admin.request('DELETE', `/api/users/${id}`)
    await newBelongings(id)
    await finishDeletions(env as never, Date.now() + 60_000, 100)
    await finishDeletions(env as never, Date.now() + hourMs + 1_000, 100)
    expect(await tablesWith(id)).toEqual([])
  })

  it('cannot be deleted twice, nor by itself in this way', async () => {
    const { id } = await newUser()
    expect((await admin.request('DELETE', `/api/users/${id}`)).status).toBe(204)
    expect((await admin.request('DELETE', `/api/users/${id}`)).status).toBe(404)
    const me = await admin.json<{ actor: { id: string } }>('GET', '/api/me')
    expect(await admin.json('DELETE', `/api/users/${me.actor.id}`)).toMatchObject({
      code: 'own_account',
    })
  })
})

describe('one’s own account', () => {
  it('goes with its password, and with its cookie', async () => {
    const client = new TestClient()
    await client.join()
    const { actor } = await client.json<{ actor: { id: Id<'user'> } }>('GET', '/api/me')
    await newBelongings(actor.id)
    expect(await client.json('DELETE', '/api/me', { password: 'wrong horse 1' })).toMatchObject({
      code: 'wrong_credentials',
    })
    expect((await client.request('GET', '/api/conversations')).status).toBe(200)
    const body = { password: 'correct horse 1' }
    const reply = await client.request('DELETE', '/api/me', { body })
    expect(reply.status).toBe(204)
    expect(client.cookie).not.toContain('session')
    expect((await client.signIn()).status).toBe(401)
    expect((await tablesWith(actor.id)).filter((name) => name !== 'deleted_owners')).toEqual([])
  })

  it('stays where it is the last administrator’s', async () => {
    const body = { password: 'correct horse 1' }
    expect(await admin.json('DELETE', '/api/me', body)).toMatchObject({ code: 'last_admin' })
    expect((await admin.request('GET', '/api/users')).status).toBe(200)
  })

  it('is not for guessing its password', async () => {
    const client = new TestClient()
    await client.join()
    const guess = async () =>
      (await client.request('DELETE', '/api/me', { body: { password: 'wrong horse 1' } })).status
    for (let n = 0; n < 5; n++) expect(await guess()).toBe(401)
    expect(await guess()).toBe(429)
  })
})

describe('a guest who has expired', () => {
  it('goes with all it had, and one who has not stays', async () => {
    const [old, young] = [await newGuest(), await newGuest()]
    await useEverything(old.client, old.id)
    await useEverything(young.client, young.id)
    await env.DB.prepare(`update guests set expires_at = 1 where id = ?1`).bind(old.id).run()
    expect(await deleteExpiredGuests(env as never, Date.now(), 100)).toBe(1)
    await untilGone(old.id)
    expect(
      (await young.client.json<{ items: [] }>('GET', '/api/conversations')).items,
    ).toHaveLength(3)
  })
})
