import type { Id } from '../../contract/ids.ts'
import type { Bindings } from '../../platform/env.ts'
import { wakeKept } from './call-stub.ts'

/** Each takes a call to an object of its own. */
const stepMax = 100

/** Wakes the object of each kept call that is open since before a moment: a lost alarm only delays. */
export async function* wakeOpenCalls(env: Bindings, before: number): AsyncGenerator<number> {
  let last = ''
  for (;;) {
    const { results } = await env.DB.prepare(
      `select reply_id as id from generations
       where ended_at is null and kind in ('v1', 'embedding') and accepted_at < ?1 and reply_id > ?2
         and exists (select 1 from kept_calls where id = reply_id)
       order by reply_id limit ?3`,
    )
      .bind(before, last, stepMax)
      .all<{ id: Id<'response'> }>()
    await Promise.allSettled(results.map(({ id }) => wakeKept(env, id)))
    yield results.length
    if (results.length < stepMax) return
    last = results.at(-1)?.id ?? last
  }
}
