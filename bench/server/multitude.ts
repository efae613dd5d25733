import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bundleWorker } from '../../e2e/runtime/bundle.ts'
import type { Counts } from '../counting/counted.ts'
import { atMost, type Figure } from '../figures.ts'
import { startProductDoor, type ProductDoor } from './stage.ts'
import { startUpstream } from './upstream-process.ts'

const users = 10_000
const conversations = 100_000
/** Those of the one whose sidebar is read. */
const own = 10_000
/** Longer than the product trusts what it has read of settings and sessions. */
const restMs = 3_000

/** Pages and what they may cost: round trips to D1, and rows it reads for them. */
const pages: [what: string, path: string, trips: number, rows: number][] = [
  ['who one is, with the badge', '/api/me', 5, 60],
  ['users, the first page', '/api/users', 4, 120],
  ['users, by name', '/api/users?sort=name', 4, 120],
  ['users, by last visit', '/api/users?sort=lastSeen', 4, 120],
  ['users, the tenth page', '/api/users?page=10', 4, 400],
  ['users, those who wait', '/api/users?status=pending', 4, 120],
  ['users, administrators only', '/api/users?role=admin', 4, 120],
  ['users, disabled ones', '/api/users?status=disabled', 4, 400],
  ['users, found by a part of the name', '/api/users?search=r_0123', 4, 200],
  ['the audit log', '/api/audit', 3, 80],
  ['the audit log of one area', '/api/audit?kind=user', 3, 80],
  ['the history of settings', '/api/settings/history', 3, 80],
  ['jobs', '/api/jobs', 3, 80],
  ['settings', '/api/settings', 2, 40],
  ['models with all that is known', '/api/models?all=1', 4, 80],
  ['the sidebar, first page', '/api/conversations', 3, 120],
  ['changes since then, none', '/api/changes', 4, 60],
]

function insertUsers(): string {
  return `insert into users (id, username, username_key, password_hash, role, state, preferences, created_at, last_seen_at)
    with recursive n (i) as (select 1 union all select i + 1 from n where i < ${users})
    select 'usr_' || printf('%024d', i), 'user_' || printf('%05d', i), 'user_' || printf('%05d', i), '', 'user',
      case i % 100 when 0 then 'pending' when 1 then 'rejected' when 2 then 'disabled' else 'active' end,
      '{}', 1700000000000 + i * 1000, case when i % 3 = 0 then null else 1710000000000 + i * 997 end from n`
}

function insertConversations(first: number, last: number): string {
  return `insert into conversations (id, owner_id, title, title_source, reasoning, tools, message_count, input_tokens,
      output_tokens, created_at, active_at, revision, change_seq)
    with recursive n (i) as (select ${first} union all select i + 1 from n where i < ${last})
    select 'cnv_' || printf('%024d', i),
      case when i <= ${own} then (select id from users where username = 'user_0')
        else 'usr_' || printf('%024d', i % ${users} + 1) end,
      'Title ' || i, 'derived', '{}', '{}', 2, 0, 0, 1700000000000 + i, 1700000000000 + i, 1, i from n`
}

function insertAudit(): string {
  return `insert into audit (id, at, network, area, kind)
    with recursive n (i) as (select 1 union all select i + 1 from n where i < ${users})
    select 'aud_' || printf('%024d', i), 1700000000000 + i, '', 'user', 'user.approve' from n`
}

/** What pages cost where there are ten thousand users and a hundred thousand conversations. */
export async function measureMultitude(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'aichat-bench-multitude-'))
  const script = bundleWorker(folder, 'bench/counting/counting-worker.ts')
  const upstream = await startUpstream()
  const door = await startProductDoor(script, join(folder, 'state'), upstream.baseUrl, [
    'tokens:20',
  ])
  try {
    const step = 10_000
    await seed(door, [
      insertUsers(),
      insertAudit(),
      ...Array.from({ length: conversations / step }, (_, index) =>
        insertConversations(index * step + 1, (index + 1) * step),
      ),
    ])
    const figures: Figure[] = []
    for (const [what, path, trips, rows] of pages) {
      await sleep(restMs)
      const cost = await costOf(door, path)
      figures.push({
        measure: what,
        unit: 'trips / rows / ms',
        product: cost,
        goal: atMost(cost.slice(0, 2), [trips, rows]),
      })
    }
    return figures
  } finally {
    await door.runtime.stop()
    upstream.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function seed(door: ProductDoor, statements: string[]): Promise<void> {
  for (const statement of statements) {
    await fetch(`${door.runtime.origin}/bench/seed`, {
      method: 'POST',
      body: JSON.stringify([statement]),
    })
  }
}

async function costOf(door: ProductDoor, path: string): Promise<number[]> {
  const { origin } = door.runtime
  await fetch(`${origin}/bench/counts`)
  const startedAt = performance.now()
  const response = await door.visitors[0]!.fetch(path)
  const body = await response.text()
  const ms = performance.now() - startedAt
  if (!response.ok) throw new Error(`${path}: ${response.status} ${body.slice(0, 200)}`)
  const counts = (await (await fetch(`${origin}/bench/counts`)).json()) as Counts
  return [counts.databaseTrips, counts.databaseReads, ms]
}
