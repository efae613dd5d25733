import { jsonIn } from '../../providers/narrow.ts'
import { eventsIn, responseIn } from '../responses/response-frames.ts'
import { itemsOfInput, type Item } from '../responses/response-items.ts'
import { responseIdOf, type ResponseObject } from '../responses/response-object.ts'
import type { ResponsesBody } from '../responses/responses-body.ts'
import type { CallLife } from './call-life.ts'

/** The response as it stands: the last frame of one that has ended bears it whole. */
export function responseNow(life: CallLife): ResponseObject {
  if (!life.isRunning) {
    const [last] = [...eventsIn(life.log.lastText)].slice(-1)
    if (last?.response) return last.response as ResponseObject
  }
  const response = responseIn(life.log.texts())
  if (!response) throw new Error('A response without its first frames.')
  return response
}

/** The items a response was given. */
export function inputOf(life: CallLife): Item[] {
  return itemsOfInput(life.material.body as ResponsesBody, responseIdOf(life.facts.id))
}

/** What it has put out, with what its provider has sealed of its reasoning. */
function outputOf(life: CallLife): Item[] {
  const packed = jsonIn(life.store.text('packed') ?? '{}') as Record<string, string>
  return responseNow(life).output.map((item) => {
    const text = packed[item.id]
    return text === undefined ? item : { ...item, encrypted_content: text }
  })
}

/** All that was said up to the end of a response: what the next one is to know; and whether it has ended. */
export function itemsSoFar(life: CallLife): { isOver: boolean; items: Item[] } {
  const items = [...life.material.earlier, ...inputOf(life), ...outputOf(life)]
  return { isOver: !life.isRunning, items }
}

/** Those of its own items that are named. */
export function itemsNamed(life: CallLife, ids: readonly string[]): Item[] {
  return [...inputOf(life), ...outputOf(life)].filter(({ id }) => ids.includes(id))
}
