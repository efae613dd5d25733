import { jsonIn } from '../../providers/narrow.ts'
import { eventsIn, responseIn } from '../responses/response-frames.ts'
import { itemsOfInput, type Item } from '../responses/response-items.ts'
import { responseIdOf, type ResponseObject } from '../responses/response-object.ts'
import type { ResponsesBody } from '../responses/responses-body.ts'
import type { CallLife } from './call-life.ts'
import type { CallMaterial } from './call-order.ts'

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

function materialOf(life: CallLife): CallMaterial {
  const text = life.store.text('material')
  return text === null ? { body: {}, earlier: [] } : (JSON.parse(text) as CallMaterial)
}

/** The items a response was given. */
export function inputOf(life: CallLife): Item[] {
  return itemsOfInput(materialOf(life).body as ResponsesBody, responseIdOf(life.facts.id))
}

/** All that was said up to the end of a response: what the next one is to know; and whether it has ended. */
export function itemsSoFar(life: CallLife): { isOver: boolean; items: Item[] } {
  const sealed = jsonIn(life.store.text('packed') ?? '{}') as Record<string, string>
  const output = responseNow(life).output.map((item) => {
    const text = sealed[item.id]
    return text === undefined ? item : { ...item, encrypted_content: text }
  })
  return {
    isOver: !life.isRunning,
    items: [...materialOf(life).earlier, ...inputOf(life), ...output],
  }
}
