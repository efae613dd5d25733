import type { Fault } from '../../platform/fault.ts'
import type { AppContext } from '../../platform/serve.ts'
import { keyFor } from '../admit-key.ts'
import { answerCall } from '../answer-call.ts'
import { targetOf } from '../begin-call.ts'
import { checkBody } from '../check-body.ts'
import { invalidField, unsupportedField } from '../field-faults.ts'
import { tokensOfJson } from '../prompt-tokens.ts'
import { answerRepeat } from '../kept/answer-repeat.ts'
import { bodyCharactersMax, readBody } from '../read-body.ts'
import { ResponsesBody } from './responses-body.ts'
import { checkResponses } from './responses-answer.ts'
import type { Item } from './response-items.ts'
import { withReferences } from './resolve-references.ts'
import { itemsUpTo, storedResponse } from './stored-response.ts'

/** POST /v1/responses. */
export async function createResponse(context: AppContext): Promise<Response> {
  const key = keyFor(context, 'responses')
  const { body: given, text } = await readBody(context)
  const asked = checkBody(ResponsesBody, given)
  refuseState(asked)
  const how = { isStream: asked.stream === true, isBackground: asked.background === true }
  const repeated = await answerRepeat(context, key, { route: 'responses', text, ...how })
  if (repeated) return repeated
  const target = await targetOf(context, key, asked.model)
  const room = bodyCharactersMax - text.length
  const earlier = await earlierItems(context, asked, room)
  const input = await withReferences(context, asked, room - JSON.stringify(earlier).length)
  const body = { ...asked, ...(input !== undefined && { input }) }
  checkResponses({ ...target, body, earlier })
  return answerCall(context, target, {
    route: 'responses',
    kind: 'v1',
    body,
    text,
    ...how,
    isStored: body.store !== false,
    earlier,
    promptTokens: tokensOfJson([body.instructions, earlier, body.input]),
  })
}

/** Tools that are run where the caller is, and not by whoever answers. */
const callersTools = ['function', 'custom']

/** Refuses what would need a state, or a tool, that is kept elsewhere. */
function refuseState(body: ResponsesBody): void {
  for (const name of ['conversation', 'prompt']) {
    if ((body[name] ?? null) !== null) throw notHere(name)
  }
  const hosted = (body.tools ?? []).findIndex(({ type }) => !callersTools.includes(type))
  if (hosted >= 0) throw notHere(`tools.${hosted}.type`)
  if (body.background === true && body.store === false) {
    throw invalidField('background', 'A background response has to be stored.')
  }
  const hasInput = Array.isArray(body.input) ? body.input.length > 0 : Boolean(body.input)
  if (!hasInput && !body.previous_response_id) {
    throw invalidField('input', "Missing required parameter: 'input'.")
  }
}

function notHere(path: string): Fault {
  return unsupportedField(path, `Unsupported parameter: '${path}' is not supported here.`)
}

async function earlierItems(
  context: AppContext,
  { previous_response_id: previous }: ResponsesBody,
  charactersMax: number,
): Promise<readonly Item[]> {
  if (!previous) return []
  const stored = await storedResponse(context, previous, 'previous_response_id')
  return itemsUpTo(context, stored, charactersMax)
}
