import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import type { Connection } from '../contract/connections.ts'
import { openInstallation } from '../test-client.ts'
import { jobs } from './jobs.ts'

const minuteMs = 60_000

it('fetches every hour the lists that are older than the setting allows, and no others', async () => {
  const admin = await openInstallation({ 'models.ttlMinutes': 90 })
  const now = Date.now()
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
  const [stale, fresh, disabled] = [
    await connected(91),
    await connected(89),
    await connected(91, false),
  ]
  await jobs.hourly(env, now)
  expect(await stale()).toEqual({ at: now, hasModels: true })
  expect(await fresh()).toEqual({ at: now - 89 * minuteMs, hasModels: false })
  expect(await disabled()).toEqual({ at: now - 91 * minuteMs, hasModels: false })
})
