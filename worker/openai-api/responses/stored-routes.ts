import * as z from 'zod/mini'
import type { AppContext } from '../../platform/serve.ts'
import { checkBody } from '../check-body.ts'
import { invalidField } from '../field-faults.ts'
import { ask, cancelKept, removeKept } from '../kept/call-stub.ts'
import { followed, json } from '../kept/answered.ts'
import type { Item } from './response-items.ts'
import type { ResponseObject } from './response-object.ts'
import { storedResponse, type StoredResponse } from './stored-response.ts'

function stored(context: AppContext): Promise<StoredResponse> {
  return storedResponse(context, context.req.param('id') ?? '')
}

const ReadQuery = z.looseObject({
  stream: z.optional(z.enum(['true', 'false'])),
  starting_after: z.optional(z.string().check(z.regex(/^\d{1,9}$/))),
})

/** GET /v1/responses/:id: as it stands, or with `?stream=true` its events, those there are and those to come. */
export async function readResponse(context: AppContext): Promise<Response> {
  const query = checkBody(ReadQuery, context.req.query())
  const { id, owner } = await stored(context)
  if (query.stream !== 'true') return json(context, ask(context.env, { id, owner, ask: 'now' }))
  // Events are numbered from 0, and frames are counted from 1.
  const after = query.starting_after === undefined ? 0 : Number(query.starting_after) + 1
  return followed(context, await ask(context.env, { id, owner, ask: 'stream', after }))
}

/** POST /v1/responses/:id/cancel: a second time it changes nothing. */
export async function cancelResponse(context: AppContext): Promise<Response> {
  const { env } = context
  const { id, owner } = await stored(context)
  const now = () => ask(env, { id, owner, ask: 'now' })
  const { background } = await (await now()).json<ResponseObject>()
  if (background !== true) {
    throw invalidField('response_id', 'Only a background response can be cancelled.')
  }
  await cancelKept(env, id, owner)
  return json(context, now())
}

/** DELETE /v1/responses/:id: ends it where it is still under way. */
export async function deleteResponse(context: AppContext): Promise<Response> {
  const { env } = context
  const { id, owner } = await stored(context)
  // From here on nobody who repeats the call is led to what is being deleted.
  await env.DB.prepare(`update kept_calls set idempotency = null where id = ?1 and owner_id = ?2`)
    .bind(id, owner)
    .run()
  await removeKept(env, id, owner)
  await env.DB.prepare(`delete from kept_calls where id = ?1 and owner_id = ?2`)
    .bind(id, owner)
    .run()
  return context.json({ id: context.req.param('id'), object: 'response', deleted: true })
}

const ListQuery = z.looseObject({
  limit: z.optional(z.string().check(z.regex(/^([1-9]\d?|100)$/))),
  order: z.optional(z.enum(['asc', 'desc'])),
  after: z.optional(z.string()),
})
const limitDefault = 20

/** GET /v1/responses/:id/input_items: the newest first, unless the other order is asked for. */
export async function listInputItems(context: AppContext): Promise<Response> {
  const { limit, order, after } = checkBody(ListQuery, context.req.query())
  const { id, owner } = await stored(context)
  const answer = await ask(context.env, { id, owner, ask: 'input' })
  const items = await answer.json<Item[]>()
  const ordered = order === 'asc' ? items : items.toReversed()
  const from = after === undefined ? 0 : ordered.findIndex((item) => item.id === after) + 1
  if (after !== undefined && from === 0) throw invalidField('after', 'There is no such item.')
  const data = ordered.slice(from, from + Number(limit ?? limitDefault))
  return context.json({
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: from + data.length < ordered.length,
  })
}
