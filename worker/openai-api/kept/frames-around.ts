import type { Fault } from '../../platform/fault.ts'
import { chatFailure } from '../chat-completions/chat-answer.ts'
import { responseErrorOf } from '../responses/response-error.ts'
import { isLast } from '../responses/fold-response.ts'
import { eventsIn, responseIn } from '../responses/response-frames.ts'
import { openResponse } from '../responses/response-object.ts'
import type { ResponsesBody } from '../responses/responses-body.ts'
import { brokenFrame, openingFrames } from '../responses/to-responses.ts'
import type { CallFacts, CallMaterial } from './call-order.ts'
import { isTooLarge } from './frame-buffer.ts'

/** The frames a call is opened with, before its provider has said anything. */
export function openingOf({
  id,
  route,
  startedAt,
  modelName,
  body,
}: CallFacts & CallMaterial): string[] {
  if (route !== 'responses') return []
  const created = { createdAt: startedAt, model: modelName }
  return openingFrames(openResponse(id, body as ResponsesBody, created))
}

/** How many these are. */
export function openingLengthOf({ route, isBackground }: CallFacts): number {
  if (route !== 'responses') return 0
  return isBackground ? 3 : 2
}

/** Whether the last of an answer's frames is there, by the newest of its text. */
export function isOver({ route }: CallFacts, lastText: string): boolean {
  if (route !== 'responses') return lastText.endsWith('data: [DONE]\n\n')
  const [last] = [...eventsIn(lastText)].slice(-1)
  return last !== undefined && isLast(last)
}

export interface CallEnd {
  facts: CallFacts
  fault: Fault | null
  isCancelled: boolean
  texts(): Iterable<string>
  /** How many frames there are. */
  count: number
}

/** What is to follow the frames of a call whose provider did not bring it to its end. */
export function lastFrames(end: CallEnd): string[] {
  const { facts, fault, isCancelled } = end
  if (fault === null) return []
  if (facts.route === 'responses') return [brokenResponse(end, fault)]
  // Whoever comes before anything was shown is told by a status, others by this.
  const isTold = facts.isStream && !isCancelled
  return isTold ? [chatFailure(fault, facts.requestId)] : []
}

function brokenResponse({ isCancelled, texts, count }: CallEnd, fault: Fault): string {
  const response = responseIn(texts())
  if (!response) throw new Error('A response without its first frames.')
  const breach = isCancelled
    ? ({ status: 'cancelled' } as const)
    : ({ status: 'failed', error: responseErrorOf(fault) } as const)
  const frame = brokenFrame(response, count, breach)
  // What was said is in the frames before, also where it is too much for one.
  return isTooLarge(frame) ? brokenFrame({ ...response, output: [] }, count, breach) : frame
}
