import { Fault } from '../../platform/fault.ts'
import type { AppContext } from '../../platform/serve.ts'
import { fieldsOf, textOf } from '../../providers/narrow.ts'
import { invalidField } from '../field-faults.ts'
import { ask } from '../kept/call-stub.ts'
import { responseOfItem, type Item } from './response-items.ts'
import type { ResponsesBody } from './responses-body.ts'
import { storedResponses } from './stored-response.ts'

/** A conversation has more turns than that, but its client then goes on from its last response. */
const responsesMax = 32
const referencesMax = 1_000

/**
 * The input of a call with the items it only names in place of their names: clients that know a
 * response is stored do not send again what it has put out. Refuses `not_found`, too many names, and
 * `context_too_long` for more than `charactersMax`.
 */
export async function withReferences(
  context: AppContext,
  { input }: ResponsesBody,
  charactersMax: number,
): Promise<ResponsesBody['input']> {
  if (!Array.isArray(input) || !input.some(isReference)) return input
  const ids = input.flatMap((item) => (isReference(item) ? [textOf(item.id)] : []))
  const known = await itemsNamed(context, [...new Set(ids)], charactersMax)
  // What is named twice is sent twice.
  const lengths = new Map([...known].map(([id, item]) => [id, JSON.stringify(item).length]))
  const length = ids.reduce((sum, id) => sum + (lengths.get(id) ?? 0), 0)
  if (length > charactersMax) throw new Fault('context_too_long')
  return input.map((item, index) => {
    if (!isReference(item)) return item
    const id = textOf(item.id)
    const found = known.get(id)
    if (found) return found
    const message = `Item with id '${id.slice(0, 100)}' not found.`
    throw new Fault('not_found', { errors: [{ path: `input.${index}.id`, message }] })
  })
}

/** The type of a reference may be left out, and then it has nothing but its id. */
function isReference(item: unknown): boolean {
  const { type = null, role, id } = fieldsOf(item) ?? {}
  return type === 'item_reference' || (type === null && role === undefined && textOf(id) !== '')
}

async function itemsNamed(
  context: AppContext,
  ids: readonly string[],
  charactersMax: number,
): Promise<ReadonlyMap<string, Item>> {
  const responses = new Set(ids.map(responseOfItem).filter((id) => id !== null))
  if (ids.length > referencesMax || responses.size > responsesMax) {
    const message = `Too many references: at most ${referencesMax}, to items of at most ${responsesMax} responses.`
    throw invalidField('input', message)
  }
  const known = new Map<string, Item>()
  let room = charactersMax
  // One after the other, so that no more than there is room for is held at once.
  for (const [publicId, stored] of await storedResponses(context, [...responses])) {
    const items = ids.filter((id) => responseOfItem(id) === publicId)
    const answer = await ask(context.env, { ...stored, ask: 'named', items })
    const text = await answer.text()
    room -= text.length
    if (room < 0) throw new Fault('context_too_long')
    for (const item of JSON.parse(text) as Item[]) known.set(item.id, item)
  }
  return known
}
