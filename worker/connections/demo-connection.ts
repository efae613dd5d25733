import { deploymentOf, type Bindings } from '../platform/env.ts'
import { createConnection } from './save-connection.ts'

/**
 * With a demo upstream, one connection to it exists until an administrator deletes it: that it was
 * made once is remembered, so a deleted one stays away. Asked once per isolate.
 */
let isAsked = false

export async function ensureDemoConnection(env: Bindings, now: number): Promise<void> {
  const { demoUpstream } = deploymentOf(env)
  if (demoUpstream === null || isAsked) return
  isAsked = true
  const baseUrl = `${demoUpstream}/v1`
  const { meta } = await env.DB.prepare(
    `insert into installation (key, value) values ('demo_connection', '') on conflict do nothing`,
  ).run()
  if (meta.changes === 0) return moveDemo(env, baseUrl)
  const { id } = await createConnection(
    env,
    { provider: 'openai', baseUrl, name: 'Demo', auth: 'none', tags: ['demo'] },
    { allowPrivateHosts: false, now },
    null,
  )
  await env.DB.prepare(`update installation set value = ?1 where key = 'demo_connection'`)
    .bind(id)
    .run()
}

/** The demo model's port follows the product's, which may have been started on another one. */
async function moveDemo(env: Bindings, baseUrl: string): Promise<void> {
  await env.DB.prepare(
    `update connections set base_url = ?1 where base_url != ?1
       and id = (select value from installation where key = 'demo_connection')`,
  )
    .bind(baseUrl)
    .run()
}
