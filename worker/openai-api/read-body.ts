import { Fault } from '../platform/fault.ts'
import { readBounded, type AppContext } from '../platform/serve.ts'
import { fieldsOf, type Fields } from '../providers/narrow.ts'
import { invalidField } from './field-faults.ts'
import { isTooDeep } from './nesting.ts'

const bodyBytesMax = 20_000_000
/** As much as that in characters, which take a byte at least. */
export const bodyCharactersMax = bodyBytesMax

export interface ReadBody {
  /** An object, whatever else is in it, that names a model. */
  body: Fields & { model: string }
  /** As it came. */
  text: string
}

/** The body of a `/v1` call. */
export async function readBody(context: AppContext): Promise<ReadBody> {
  const text = await readBounded(context.req.raw, bodyBytesMax)
  if (isTooDeep(text)) throw invalidField('', 'The body is nested too deeply.')
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new Fault('malformed_json')
  }
  const fields = fieldsOf(body)
  if (!fields) throw invalidField('', 'The body must be a JSON object.')
  const { model } = fields
  if (typeof model !== 'string' || model === '') {
    throw invalidField('model', "Missing required parameter: 'model'.")
  }
  return { body: { ...fields, model }, text }
}
