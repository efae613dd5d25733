import type { KeyInUse } from '../../api-keys/authenticate-key.ts'
import type { Id } from '../../contract/ids.ts'
import { Fault } from '../../platform/fault.ts'
import type { AppContext } from '../../platform/serve.ts'
import type { AskedCall } from '../asked-call.ts'
import { repeatMs } from '../reserve-call.ts'
import { answered, questionOf } from './answered.ts'
import { ask } from './call-stub.ts'
import { repeatOf } from './repeat-of.ts'

/**
 * The answer to a call that was made before, though the model or the response it names may be gone
 * since; null for one that is new, or whose order is still on its way. Refuses `id_conflict`.
 */
export async function answerRepeat(
  context: AppContext,
  key: KeyInUse,
  asked: Pick<AskedCall, 'route' | 'text' | 'isStream' | 'isBackground'>,
): Promise<Response | null> {
  const repeat = repeatOf(context, asked)
  if (repeat === null) return null
  const earlier = await context.env.DB.prepare(
    `select id, fingerprint from kept_calls where key_id = ?1 and idempotency = ?2 and created_at > ?3`,
  )
    .bind(key.id, repeat.key, Date.now() - repeatMs)
    .first<{ id: Id<'response'>; fingerprint: string }>()
  if (earlier === null) return null
  if (earlier.fingerprint !== repeat.fingerprint) throw new Fault('id_conflict')
  const { id } = earlier
  const question = { id, owner: key.user.id, ask: questionOf(asked) }
  try {
    return await answered(context, asked, ask(context.env, question))
  } catch (error) {
    if (error instanceof Fault && error.code === 'not_found') return null
    throw error
  }
}
