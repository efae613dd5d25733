import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { wakeRun } from './generation-stub.ts'

/** Each takes a call to an object of its own. */
const stepMax = 100

/** Wakes the object of each reply that is open since before a moment: a lost alarm only delays. */
export async function* wakeOpenRuns(env: Bindings, before: number): AsyncGenerator<number> {
  let last = ''
  for (;;) {
    const { results } = await env.DB.prepare(
      `select reply_id from generations where ended_at is null and kind = 'chat' and accepted_at < ?1
         and reply_id > ?2 order by reply_id limit ?3`,
    )
      .bind(before, last, stepMax)
      .all<{ reply_id: Id<'message'> }>()
    await Promise.allSettled(results.map(({ reply_id }) => wakeRun(env, reply_id)))
    yield results.length
    if (results.length < stepMax) return
    last = results.at(-1)?.reply_id ?? last
  }
}
