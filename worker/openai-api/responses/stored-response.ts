import { isId, type Id } from '../../contract/ids.ts'
import type { Bindings } from '../../platform/env.ts'
import { Fault } from '../../platform/fault.ts'
import type { ActorId } from '../../contract/actor.ts'
import { ask } from '../kept/call-stub.ts'
import type { Item } from './response-items.ts'

/** A response that can be had back: whose it is, and its own id. */
export interface StoredResponse {
  id: Id<'response'>
  owner: ActorId
}

/** The stored response of a public id, if it is this owner's; refuses `not_found`, naming `path`. */
export async function storedResponse(
  env: Bindings,
  publicId: string,
  owner: ActorId,
  path = '',
): Promise<StoredResponse> {
  const id = `rsp_${publicId.replace(/^resp_/, '')}`
  const found =
    publicId.startsWith('resp_') && isId('response', id)
      ? await env.DB.prepare(
          `select 1 from kept_calls where id = ?1 and owner_id = ?2 and is_stored = 1 and expires_at > ?3`,
        )
          .bind(id, owner, Date.now())
          .first()
      : null
  if (!found) {
    const message = `Response with id '${publicId.slice(0, 100)}' not found.`
    throw new Fault('not_found', { errors: [{ path, message }] })
  }
  return { id: id as Id<'response'>, owner }
}

/** All that was said up to the end of a response. Refuses one that has not ended. */
export async function itemsUpTo(env: Bindings, { id, owner }: StoredResponse): Promise<Item[]> {
  const answer = await ask(env, { id, owner, ask: 'items' })
  const { isOver, items } = await answer.json<{ isOver: boolean; items: Item[] }>()
  if (isOver) return items
  const message = 'The previous response has not ended yet.'
  throw new Fault('invalid_request', { errors: [{ path: 'previous_response_id', message }] })
}
