import type { Id } from '../../contract/ids.ts'
import type { Bindings } from '../../platform/env.ts'
import { settleCall } from '../settle-call.ts'
import { wakeKept } from './call-stub.ts'

/** Each takes a call to an object of its own. */
const stepMax = 100

interface OpenCall {
  id: Id<'response'>
  kind: 'v1' | 'embedding'
}

/**
 * Wakes the object of each kept call that is open since before a moment: a lost alarm only delays.
 * What never came to its object is ended, and its unit given back.
 */
export async function* wakeOpenCalls(env: Bindings, before: number): AsyncGenerator<number> {
  let last = ''
  for (;;) {
    const { results } = await env.DB.prepare(
      `select reply_id as id, kind from generations
       where ended_at is null and kind in ('v1', 'embedding') and accepted_at < ?1 and reply_id > ?2
         and exists (select 1 from kept_calls where id = reply_id)
       order by reply_id limit ?3`,
    )
      .bind(before, last, stepMax)
      .all<OpenCall>()
    await Promise.allSettled(results.map((call) => wake(env, call)))
    yield results.length
    if (results.length < stepMax) return
    last = results.at(-1)?.id ?? last
  }
}

async function wake(env: Bindings, { id, kind }: OpenCall): Promise<void> {
  if (await wakeKept(env, id)) return
  const now = Date.now()
  const nothing = { inputTokens: 0, outputTokens: 0, totalTokens: 0 }
  await settleCall(
    env,
    id,
    {
      state: 'failed',
      problemCode: 'storage_unavailable',
      refunded: kind === 'v1',
      usage: { ...nothing, reasoningTokens: null, cachedTokens: null },
      usageSource: 'estimate',
      firstTokenMs: null,
      durationMs: 0,
      attempts: 0,
    },
    now,
  )
  await env.DB.prepare(`delete from kept_calls where id = ?1`).bind(id).run()
}
