import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Id } from '../contract/ids.ts'
import { connectModels, newSend, openInstallation, readFrames, TestClient } from '../test-client.ts'
import { forgetSession } from './session-cache.ts'

const hourMs = 3_600_000
let model: Id<'model'>
let user: TestClient
beforeAll(async () => {
  const admin = await openInstallation()
  ;[model] = (await connectModels(admin, ['words:3'])) as [Id<'model'>]
  user = new TestClient()
  await user.join()
})

/** Moves the only session of `user` so far into the past. */
async function age(hours: number, remember: boolean): Promise<number> {
  const past = Date.now() - hours * hourMs
  await env.DB.prepare(
    `update sessions set remember = ?2, created_at = ?1, renewed_at = ?1, last_seen_at = ?1, expires_at = ?3
     where user_id = (select id from users where username = ?4)`,
  )
    .bind(past, remember ? 1 : 0, Date.now() + hourMs, user.username)
    .run()
  forgetSession()
  return past
}

async function expiry(): Promise<number> {
  const row = await env.DB.prepare(
    'select expires_at from sessions where user_id = (select id from users where username = ?1)',
  )
    .bind(user.username)
    .first<{ expires_at: number }>()
  return row?.expires_at ?? 0
}

describe('a session in use', () => {
  it('goes on after its day, with a new cookie', async () => {
    await age(25, true)
    const reply = await user.request('GET', '/api/me')
    expect(await expiry()).toBeGreaterThan(Date.now() + 24 * hourMs)
    expect(reply.headers.getSetCookie()).toEqual([expect.stringContaining('Max-Age=')])
  })

  it('goes on past twelve hours where it ends with its browser', async () => {
    await age(11, false)
    const reply = await user.request('GET', '/api/me')
    expect(await expiry()).toBeGreaterThan(Date.now() + 11 * hourMs)
    expect(reply.headers.getSetCookie()).toEqual([expect.not.stringContaining('Max-Age=')])
  })

  it('is renewed by a stream as by any other reply', async () => {
    await age(25, true)
    const reply = await user.send(newSend(model))
    expect(reply.headers.getSetCookie()).toHaveLength(1)
    await readFrames(reply)
    expect(await user.json('GET', '/api/me')).toMatchObject({ actor: { type: 'user' } })
  })
})
