import { isId, type Id } from '../../contract/ids.ts'
import type { ActorId } from '../../contract/actor.ts'
import type { Bindings } from '../../platform/env.ts'
import { Fault } from '../../platform/fault.ts'
import { fieldsOf, textOf } from '../../providers/narrow.ts'
import type { Item } from './response-items.ts'
import { responseIdOf } from './response-object.ts'
import type { ResponsesBody } from './responses-body.ts'
import { itemsUpTo, storedResponse } from './stored-response.ts'

/** An item's id names the response it came with. */
const ofResponse = /^[a-z]+_([0-9a-z]{24})i?\d+$/

/**
 * The input of a call with the items it only names in place of their names: clients that know a
 * response is stored do not send again what it has put out. Refuses `not_found`.
 */
export async function withReferences(
  env: Bindings,
  { input }: ResponsesBody,
  owner: ActorId,
): Promise<ResponsesBody['input']> {
  if (!Array.isArray(input)) return input
  const named = input.flatMap((item) => (isReference(item) ? [responseOf(textOf(item.id))] : []))
  const known = await itemsOf(env, [...new Set(named)], owner)
  return input.map((item, index) => {
    if (!isReference(item)) return item
    const found = known.get(textOf(item.id))
    if (found) return found
    const message = `Item with id '${textOf(item.id).slice(0, 100)}' not found.`
    throw new Fault('not_found', { errors: [{ path: `input.${index}.id`, message }] })
  })
}

const isReference = (item: unknown) => fieldsOf(item)?.type === 'item_reference'

function responseOf(itemId: string): Id<'response'> | null {
  const id = `rsp_${ofResponse.exec(itemId)?.[1]}`
  return isId('response', id) ? id : null
}

async function itemsOf(
  env: Bindings,
  ids: readonly (Id<'response'> | null)[],
  owner: ActorId,
): Promise<ReadonlyMap<string, Item>> {
  const lists = await Promise.all(
    ids.map(async (id) => {
      if (id === null) return []
      try {
        return await itemsUpTo(env, await storedResponse(env, responseIdOf(id), owner))
      } catch (error) {
        if (error instanceof Fault && error.code === 'not_found') return []
        throw error
      }
    }),
  )
  return new Map(lists.flat().map((item) => [item.id, item]))
}
