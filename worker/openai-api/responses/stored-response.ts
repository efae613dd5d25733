import type { ActorId } from '../../contract/actor.ts'
import { isId, type Id } from '../../contract/ids.ts'
import { Fault } from '../../platform/fault.ts'
import type { AppContext } from '../../platform/serve.ts'
import { keyFor } from '../admit-key.ts'
import { ask } from '../kept/call-stub.ts'
import type { Item } from './response-items.ts'
import { responseIdOf } from './response-object.ts'

/** A response that can be had back: whose it is, and its own id. */
export interface StoredResponse {
  id: Id<'response'>
  owner: ActorId
}

const hourMs = 3_600_000

/** Those of `publicIds` that are stored responses of whoever calls, by these ids. */
export async function storedResponses(
  context: AppContext,
  publicIds: readonly string[],
): Promise<ReadonlyMap<string, StoredResponse>> {
  const owner = keyFor(context, 'responses').user.id
  const now = Date.now()
  const retentionMs = context.get('settings')['api.responseRetentionHours'] * hourMs
  const { results } = await context.env.DB.prepare(
    `select id from kept_calls where id in (select value from json_each(?1))
       and owner_id = ?2 and is_stored = 1 and expires_at > ?3 and created_at > ?4`,
  )
    .bind(JSON.stringify(publicIds.map(ownIdOf)), owner, now, now - retentionMs)
    .all<{ id: Id<'response'> }>()
  return new Map(results.map(({ id }) => [responseIdOf(id), { id, owner }]))
}

function ownIdOf(publicId: string): Id<'response'> | null {
  const id = publicId.replace(/^resp_/, 'rsp_')
  return isId('response', id) ? id : null
}

/** The stored response of a public id, if it is the caller's; refuses `not_found`, naming `path`. */
export async function storedResponse(
  context: AppContext,
  publicId: string,
  path = '',
): Promise<StoredResponse> {
  const found = (await storedResponses(context, [publicId])).get(publicId)
  if (found) return found
  const message = `Response with id '${publicId.slice(0, 100)}' not found.`
  throw new Fault('not_found', { errors: [{ path, message }] })
}

/**
 * All that was said up to the end of a response. Refuses one that has not ended, and
 * `context_too_long` for more than `charactersMax`.
 */
export async function itemsUpTo(
  context: AppContext,
  stored: StoredResponse,
  charactersMax: number,
): Promise<Item[]> {
  const answer = await ask(context.env, { ...stored, ask: 'items' })
  const text = await answer.text()
  if (text.length > charactersMax) throw new Fault('context_too_long')
  const { isOver, items } = JSON.parse(text) as { isOver: boolean; items: Item[] }
  if (isOver) return items
  const message = 'The previous response has not ended yet.'
  throw new Fault('invalid_request', { errors: [{ path: 'previous_response_id', message }] })
}
