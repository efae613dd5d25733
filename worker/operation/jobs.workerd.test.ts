import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { auditStatement } from '../audit/record-audit.ts'
import { png } from '../attachments/tiny-images.ts'
import type { Connection } from '../contract/connections.ts'
import { newId } from '../contract/ids.ts'
import type { Job, JobName } from '../contract/jobs.ts'
import type { Settings } from '../contract/settings-registry.ts'
import { loadSettings } from '../settings/settings.ts'
import {
  connectModels,
  newSend,
  openInstallation,
  readFrames,
  takeSteps,
  TestClient,
} from '../test-client.ts'
import { jobs } from './jobs.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
let admin: TestClient
const now = Date.now()

beforeAll(async () => {
  admin = await openInstallation()
})

/** Runs a job as if it were `at`, and answers how much it removed. */
async function run(name: JobName, at = now, more: Partial<Settings> = {}): Promise<number> {
  const { values } = await loadSettings(env)
  return takeSteps(jobs[name].steps({ env, settings: { ...values, ...more }, now: at }))
}

async function idsIn(table: string, column = 'id'): Promise<string[]> {
  const { results } = await env.DB.prepare(`select ${column} as id from ${table} order by 1`).all<{
    id: string
  }>()
  return results.map(({ id }) => id)
}

const chat = async (client: TestClient, more: Parameters<typeof newSend>[2] = {}) => {
  const send = newSend(echo, 'Hello', more)
  await readFrames(await client.send(send))
  return send
}
let echo: Awaited<ReturnType<typeof connectModels>>[number]
beforeAll(async () => {
  echo = (await connectModels(admin, ['echo']))[0]!
})

it('fetches every hour the lists that are older than the setting allows, and no others', async () => {
  /** A connection whose models were fetched a while ago, and have been lost since. */
  const connected = async (agoMinutes: number, enabled = true) => {
    const body = { provider: 'openai', baseUrl: env.TEST_UPSTREAM, auth: 'none' }
    const { id } = await admin.json<Connection>('POST', '/api/connections', body)
    await env.DB.batch([
      env.DB.prepare(`update connections set checked_at = ?2, enabled = ?3 where id = ?1`).bind(
        id,
        now - agoMinutes * minuteMs,
        enabled ? 1 : 0,
      ),
      env.DB.prepare(`delete from models where connection_id = ?1`).bind(id),
    ])
    return async () => {
      const { status } = await admin.json<Connection>('GET', `/api/connections/${id}`)
      return { at: status.checkedAt, hasModels: status.models > 0 }
    }
  }
  const stale = await Promise.all(Array.from({ length: 8 }, () => connected(91)))
  const [fresh, disabled] = [await connected(89), await connected(91, false)]
  expect(await run('models', now, { 'models.ttlMinutes': 90 })).toBe(8)
  for (const state of stale) expect(await state()).toEqual({ at: now, hasModels: true })
  expect(await fresh()).toEqual({ at: now - 89 * minuteMs, hasModels: false })
  expect(await disabled()).toEqual({ at: now - 91 * minuteMs, hasModels: false })
})

it('removes accounts that nobody has approved in time, and no others', async () => {
  await admin.json('PATCH', '/api/settings', { values: { 'accounts.registration': 'approval' } })
  for (const name of ['waits_long', 'waits', 'approved']) await new TestClient().signUp(name)
  await admin.json('PATCH', '/api/settings', { values: { 'accounts.registration': 'open' } })
  await env.DB.batch([
    env.DB.prepare(`update users set created_at = ?1 where username <> 'waits'`).bind(
      now - 31 * dayMs,
    ),
    env.DB.prepare(`update users set state = 'active' where username = 'approved'`),
  ])
  expect(await run('pendingAccounts', now, { 'accounts.pendingDays': null })).toBe(0)
  expect(await run('pendingAccounts')).toBe(1)
  expect(await idsIn('users', 'username')).toEqual(['approved', admin.username, 'waits'])
})

it('removes guests whose time is over with all they had, and nothing of others', async () => {
  await admin.json('PATCH', '/api/settings', {
    values: { 'models.access.guest': 'allow', 'guests.retentionDays': 2 },
  })
  const [gone, stays] = [new TestClient(), new TestClient()]
  for (const guest of [gone, stays]) {
    await guest.json('GET', '/api/me')
    const { id } = await guest.newImage()
    await chat(guest, { attachments: [id] })
  }
  const { actor } = await gone.json<{ actor: { id: string } }>('GET', '/api/me')
  await env.DB.prepare(`update guests set expires_at = ?2 where id = ?1`)
    .bind(actor.id, now - 1)
    .run()
  expect(await run('guests')).toBe(1)
  expect(await idsIn('guests')).not.toContain(actor.id)
  await run('deletions')
  for (const [table, column] of [
    ['conversations', 'owner_id'],
    ['attachments', 'owner_id'],
  ] as const) {
    const owners = await idsIn(table, column)
    expect(owners).toHaveLength(1)
    expect(owners).not.toContain(actor.id)
  }
  // A request that was under way may have stored something since: it is looked at once more.
  expect(await idsIn('deleted_owners', 'owner_id')).toEqual([actor.id])
  await run('deletions', now + 2 * 3_600_000)
  expect(await idsIn('deleted_owners', 'owner_id')).toEqual([])
  await admin.json('PATCH', '/api/settings', { values: {}, reset: ['models.access.guest'] })
})

describe('conversations', () => {
  it('are removed when they have not been used for as long as is set, unless they are pinned', async () => {
    const user = new TestClient()
    await user.join()
    const [old, other, pinned, fresh] = [
      await chat(user),
      await chat(user),
      await chat(user),
      await chat(user),
    ]
    const { cursor } = await user.json<{ cursor: string }>('GET', '/api/changes')
    await user.json('PATCH', `/api/conversations/${pinned.conversationId}`, { pinned: true })
    for (const { conversationId } of [old, other, pinned]) {
      await env.DB.prepare(`update conversations set active_at = ?2 where id = ?1`)
        .bind(conversationId, now - 31 * dayMs)
        .run()
    }
    const retention = { 'data.conversationRetentionDays': 30 }
    expect(await run('conversations', now, { 'data.conversationRetentionDays': null })).toBe(0)
    expect(await run('conversations', now, retention)).toBe(2)
    const { items } = await user.json<{ items: { id: string }[] }>('GET', '/api/conversations')
    expect(items.map(({ id }) => id)).toEqual([pinned.conversationId, fresh.conversationId])
    expect((await user.request('GET', `/api/messages/${old.messageId}`)).status).toBe(404)
    // Other tabs learn of each: no two have the same number.
    const changes = await user.json<{ deleted: string[] }>('GET', `/api/changes?after=${cursor}`)
    expect(changes.deleted.toSorted()).toEqual(
      [old.conversationId, other.conversationId].toSorted(),
    )
    const seqs = await idsIn('deleted_conversations', 'change_seq')
    expect(new Set(seqs).size).toBe(seqs.length)
  })

  it('are gone through in steps, and the next run goes on where one was left off', async () => {
    await env.DB.prepare(
      `insert into conversations (id, owner_id, title_source, reasoning, tools, message_count,
         input_tokens, output_tokens, created_at, active_at, revision, change_seq)
       with recursive n(i) as (select 0 union all select i + 1 from n where i < 1199)
       select 'cnv_' || printf('%024d', i), 'usr_' || printf('%024d', i % 7), 'derived', '{}', '{}', 0,
         0, 0, 0, ?1, 1, i from n`,
    )
      .bind(now - 31 * dayMs)
      .run()
    const { values } = await loadSettings(env)
    const settings = { ...values, 'data.conversationRetentionDays': 30 }
    const removed: number[] = []
    for (let runs = 0; runs < 3; runs++) {
      // Each run is left off after its first step.
      for await (const done of jobs.conversations.steps({ env, settings, now })) {
        removed.push(done)
        break
      }
    }
    expect(removed).toEqual([500, 500, 200])
    expect(await run('conversations', now, settings)).toBe(0)
  })
})

it('removes images nobody has sent for a day, and those over the retention', async () => {
  const user = new TestClient()
  await user.join()
  const unused = await user.newImage()
  const used = await user.newImage()
  await chat(user, { attachments: [used.id] })
  expect(await run('uploads')).toBe(0)
  await run('uploads', now + dayMs + minuteMs)
  expect(await idsIn('attachments')).not.toContain(unused.id)
  expect(await idsIn('attachments')).toContain(used.id)
  expect(await run('images', now + 100 * dayMs)).toBe(0)
  await run('images', now + 31 * dayMs, { 'attachments.retentionDays': 30 })
  expect(await idsIn('attachments')).toEqual([])
  expect((await env.FILES.list({ prefix: 'images/' })).objects).toEqual([])
})

it('leaves the images of people and of the brand where they are', async () => {
  const body = new FormData()
  body.set('file', new File([png()], 'x.png'))
  await admin.request('PUT', '/api/me/avatar', { body })
  const logo = new FormData()
  logo.set('file', new File([png()], 'x.png'))
  await admin.request('PUT', '/api/settings/branding/logo', { body: logo })
  const late = now + 4_000 * dayMs
  for (const name of ['uploads', 'images'] as const) {
    await run(name, late, { 'attachments.retentionDays': 1 })
  }
  expect((await admin.request('GET', '/api/settings/branding/logo')).status).toBe(200)
  expect((await env.FILES.list({ prefix: 'avatars/' })).objects).toHaveLength(1)
})

it('removes sessions that have ended, and no others', async () => {
  const user = new TestClient()
  await user.join()
  const before = await idsIn('sessions')
  const ended = newId('session')
  await env.DB.prepare(
    `insert into sessions (id, user_id, remember, user_agent, network, created_at, last_seen_at,
       renewed_at, expires_at) select ?1, id, 1, '', '', 0, 0, 0, ?2 from users limit 1`,
  )
    .bind(ended, now - 1)
    .run()
  expect(await run('sessions')).toBe(1)
  expect(await idsIn('sessions')).toEqual(before)
})

it('removes what is used up of each kind of record, and only that', async () => {
  const at = (days: number) => now - days * dayMs
  const insert = (sql: string, ...values: unknown[]) => env.DB.prepare(sql).bind(...values)
  const change = { kind: 'job.run' as const }
  const nobody = { actor: null, network: '' }
  const day = (days: number) => new Date(at(days)).toISOString().slice(0, 10)
  await env.DB.batch([
    ...[
      'rate_counters',
      'early_cancels',
      'idempotency_keys',
      'deleted_conversations',
      'kept_calls',
      'audit',
    ].map((table) => env.DB.prepare(`delete from ${table}`)),
    env.DB.prepare(`delete from quota_usage`),
    ...[1, -1].map((days) =>
      insert(`insert into rate_counters values (?1, 1, ?2)`, `counter${days}`, at(days)),
    ),
    ...[2, 0.5].flatMap((days) => [
      insert(
        `insert into early_cancels (reply_id, owner_id, at) values (?1, 'o', ?2)`,
        `reply${days}`,
        at(days),
      ),
      insert(
        `insert into idempotency_keys (actor_id, key, fingerprint, created_at) values ('a', ?1, 'f', ?2)`,
        `key${days}`,
        at(days),
      ),
    ]),
    ...[1, -1].map((days) =>
      insert(
        `insert into kept_calls (id, owner_id, key_id, is_stored, created_at, expires_at)
         values (?1, 'o', 'k', 1, 0, ?2)`,
        `call${days}`,
        at(days),
      ),
    ),
    ...[31, 29].map((days) =>
      insert(
        `insert into deleted_conversations (id, owner_id, change_seq, deleted_at) values (?1, 'o', ?3, ?2)`,
        `gone${days}`,
        at(days),
        days,
      ),
    ),
    ...[366, 364].map((days) => auditStatement(env, change, nobody, at(days))),
    ...[402, 398].map((days) =>
      insert(
        `insert into quota_usage (subject, day, messages, tokens) values ('s', ?1, 1, 1)`,
        day(days),
      ),
    ),
  ])
  expect(await run('records')).toBe(5)
  expect(await idsIn('kept_calls')).toEqual(['call-1'])
  expect(await idsIn('rate_counters', 'subject')).toEqual(['counter-1'])
  expect(await idsIn('early_cancels', 'reply_id')).toEqual(['reply0.5'])
  expect(await idsIn('idempotency_keys', 'key')).toEqual(['key0.5'])
  expect(await idsIn('deleted_conversations')).toEqual(['gone29'])
  expect(await run('audit')).toBe(1)
  expect(await idsIn('audit', 'at')).toEqual([at(364)])
  expect(await run('audit', now, { 'data.auditRetentionDays': 30 })).toBe(1)
  expect(await run('usage')).toBe(1)
  expect(await idsIn('quota_usage', 'day')).toEqual([day(398)])
  expect(await run('usage', now, { 'data.usageRetentionDays': 30 })).toBe(1)
  const records = await idsIn('generations', 'reply_id')
  expect(records.length).toBeGreaterThan(0)
  // A reply that is not ended is no record yet.
  await env.DB.prepare(`update generations set ended_at = null where reply_id = ?1`)
    .bind(records[0])
    .run()
  expect(await run('usage', now + 401 * dayMs)).toBe(records.length - 1)
  expect(await idsIn('generations', 'reply_id')).toEqual([records[0]])
  await env.DB.prepare(`delete from generations`).run()
})

it('forgets models that have been gone for a week', async () => {
  const [gone] = await connectModels(admin, ['leaves', 'stays'])
  await env.DB.prepare(`update models set gone_at = ?2 where id = ?1`)
    .bind(gone, now - 8 * dayMs)
    .run()
  expect(await run('goneModels', now - 2 * dayMs)).toBe(0)
  expect(await run('goneModels')).toBe(1)
  expect(await idsIn('models')).not.toContain(gone)
})

it('removes hundreds in steps of at most 500', async () => {
  await env.DB.prepare(
    `insert into rate_counters with recursive n(i) as (select 0 union all select i + 1 from n where i < 1199)
     select 'many' || i, 1, ?1 from n`,
  )
    .bind(now - 1)
    .run()
  const { values: settings } = await loadSettings(env)
  const steps: number[] = []
  for await (const done of jobs.records.steps({ env, settings, now })) steps.push(done)
  expect(steps.slice(0, 3)).toEqual([500, 500, 200])
})

it('has a page entry for each job: nothing is cleaned up unseen', async () => {
  const { items } = await admin.json<{ items: Job[] }>('GET', '/api/jobs')
  expect(items.map(({ name }) => name).toSorted()).toEqual(Object.keys(jobs).toSorted())
})

it('ends calls under /v1 whose Worker was lost, and none that may still run', async () => {
  const open = async (agoMs: number, kind = 'v1') => {
    const id = newId('response')
    await env.DB.prepare(
      `insert into generations (reply_id, kind, conversation_id, message_id, model_id, model_name, connection_id,
         nonce, fingerprint, quota_day, refunded, state, accepted_at)
       values (?1, ?2, '', '', 'mdl_x', 'x', 'con_x', ?1, '', '2026-01-01', 0, 'open', ?3)`,
    )
      .bind(id, kind, now - agoMs)
      .run()
    return id
  }
  const [lost, running] = [await open(40 * minuteMs), await open(20 * minuteMs)]
  expect(await run('replies', now, { 'provider.timeoutMs': 30 * minuteMs })).toBe(1)
  const { results } = await env.DB.prepare(
    `select reply_id as id, state from generations where reply_id in (?1, ?2)`,
  )
    .bind(lost, running)
    .all()
  expect(results).toEqual(
    expect.arrayContaining([
      { id: lost, state: 'interrupted' },
      { id: running, state: 'open' },
    ]),
  )
})
