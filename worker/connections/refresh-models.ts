import type { Id } from '../contract/ids.ts'
import type { Refreshed } from '../contract/models.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import type { Circumstances } from './circumstances.ts'
import {
  enabledConnections,
  findConnection,
  staleConnections,
  type ConnectionRow,
} from './connections.ts'
import { syncModels } from './sync-models.ts'

/** How many providers are asked at the same time. */
const atOnce = 6

/** Fetches the list of one connection now. */
export async function refreshOne(
  env: Bindings,
  id: Id<'connection'>,
  circumstances: Circumstances,
): Promise<Refreshed> {
  const row = await findConnection(env, id)
  if (row === null) throw new Fault('not_found')
  return syncModels(env, row, circumstances)
}

/** Fetches the lists of every enabled connection; one that fails does not hold back the others. */
export async function refreshAll(env: Bindings, circumstances: Circumstances) {
  return syncEach(env, await enabledConnections(env), circumstances)
}

/** Fetches the lists of some connections; once `signal` is aborted it begins with no further one. */
export async function syncEach(
  env: Bindings,
  rows: readonly ConnectionRow[],
  circumstances: Circumstances,
  signal?: AbortSignal,
): Promise<Refreshed[]> {
  const waiting = rows.values()
  const done: Refreshed[] = []
  const work = async () => {
    // All share the one iterator, so each list is fetched once.
    for (const row of waiting) {
      if (signal?.aborted) return
      done.push(await syncModels(env, row, circumstances))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return done
}

/** Fetches the lists that are older than the setting allows, a few at a time. */
export async function* refreshStale(
  env: Bindings,
  settings: Settings,
  now: number,
): AsyncGenerator<number> {
  const before = now - settings['models.ttlMinutes'] * 60_000
  const allowPrivateHosts = settings['provider.allowPrivateHosts']
  for (;;) {
    const stale = await staleConnections(env, before, atOnce)
    const { length } = await syncEach(env, stale, { allowPrivateHosts, now })
    yield length
    if (length < atOnce) return
  }
}

const goneKeptMs = 7 * 86_400_000
const stepMax = 500

/** Removes models that left their provider's list a week ago; one with an override stays. */
export async function* removeGoneModels(env: Bindings, now: number): AsyncGenerator<number> {
  for (;;) {
    const { meta } = await env.DB.prepare(
      `delete from models where id in (
         select m.id from models as m left join model_overrides as o on o.model_id = m.id
         where m.gone_at < ?1 and o.model_id is null limit ?2)`,
    )
      .bind(now - goneKeptMs, stepMax)
      .run()
    yield meta.changes
    if (meta.changes < stepMax) return
  }
}
