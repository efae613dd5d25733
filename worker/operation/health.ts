import type { Health } from '../contract/health.ts'
import type { Bindings } from '../platform/env.ts'

const answerWithinMs = 800

/** How the parts are, within a second even when one of them hangs. Tells no secret and no count. */
export async function healthOf(env: Bindings, now: number): Promise<Health> {
  let migration: string | null = null
  const [database, objects, files] = await Promise.all([
    timed(async () => {
      const row = await env.DB.prepare(
        `select name from d1_migrations order by id desc limit 1`,
      ).first<{
        name: string
      }>()
      migration = row?.name ?? null
    }),
    // Naming an object asks nothing of it: a health check must not make one.
    timed(async () => void env.GENERATIONS.idFromName('health')),
    timed(async () => void (await env.FILES.head('health'))),
  ])
  const status = !database.ok || !objects.ok ? 'down' : files.ok ? 'ok' : 'degraded'
  return {
    status,
    version: env.APP_VERSION ?? '',
    migration,
    time: now,
    checks: { database, objects, files },
  }
}

async function timed(check: () => Promise<void>): Promise<{ ok: boolean; latencyMs: number }> {
  const startedAt = Date.now()
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), answerWithinMs)
  })
  const ok = await Promise.race([
    check().then(
      () => true,
      () => false,
    ),
    tooLate,
  ])
  clearTimeout(timer)
  return { ok, latencyMs: Date.now() - startedAt }
}
