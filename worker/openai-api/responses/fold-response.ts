import { fieldsOf, listOf, textOf, type Fields } from '../../providers/narrow.ts'
import type { ResponseObject } from './response-object.ts'
import type { Item } from './response-items.ts'

/** An event of a response's stream. */
export interface ResponseEvent extends Fields {
  type: string
}

/** Events that bear the response itself. */
const lifecycle = /^response\.(created|queued|in_progress|completed|incomplete|failed)$/
const ended = /^response\.(completed|incomplete|failed)$/

export function isLast({ type }: ResponseEvent): boolean {
  return ended.test(type)
}

/**
 * The response as it stands after `event`. What it has put out is changed in place: a response
 * belongs to whoever folds it.
 */
export function foldResponse(response: ResponseObject, event: ResponseEvent): ResponseObject {
  const { type } = event
  if (lifecycle.test(type)) {
    const told = fieldsOf(event.response)
    if (!told) return response
    const isOver = isLast(event)
    const output = isOver ? itemsIn(told.output) : response.output
    return { ...response, ...told, output }
  }
  const index = Number(event.output_index)
  if (!isPlace(index, response.output)) return response
  if (type === 'response.output_item.added' || type === 'response.output_item.done') {
    const item = fieldsOf(event.item)
    if (item) response.output[index] = structuredClone(item) as Item
    return response
  }
  const item = response.output[index]
  if (item) foldItem(item, event)
  return response
}

function itemsIn(value: unknown): Item[] {
  return listOf(value).filter((item): item is Item => fieldsOf(item) !== null)
}

/** Whether something may stand there: whoever counts wrongly is not believed. */
function isPlace(index: number, list: readonly unknown[]): boolean {
  return Number.isInteger(index) && index >= 0 && index <= list.length
}

function foldItem(item: Item, event: ResponseEvent): void {
  const { type } = event
  const parts = partsOf(item, type)
  const at = Number(event.content_index ?? event.summary_index ?? 0)
  if (!isPlace(at, parts)) return
  const part = fieldsOf(parts[at])
  switch (type) {
    case 'response.content_part.added':
    case 'response.content_part.done':
    case 'response.reasoning_summary_part.added':
    case 'response.reasoning_summary_part.done':
      parts[at] = structuredClone(event.part)
      break
    case 'response.output_text.delta':
    case 'response.reasoning_text.delta':
    case 'response.reasoning_summary_text.delta':
      if (part) part.text = textOf(part.text) + textOf(event.delta)
      break
    case 'response.refusal.delta':
      if (part) part.refusal = textOf(part.refusal) + textOf(event.delta)
      break
    case 'response.output_text.annotation.added':
      if (part) part.annotations = [...listOf(part.annotations), event.annotation]
      break
    case 'response.function_call_arguments.delta':
      item.arguments = textOf(item.arguments) + textOf(event.delta)
      break
    case 'response.custom_tool_call_input.delta':
      item.input = textOf(item.input) + textOf(event.delta)
      break
    // What is done was told piece by piece before.
  }
}

/** The list of an item's parts that events of this type are about. */
function partsOf(item: Item, type: string): unknown[] {
  const name = type.startsWith('response.reasoning_summary') ? 'summary' : 'content'
  if (!Array.isArray(item[name])) item[name] = []
  return item[name] as unknown[]
}

/** What a response has put out when it ends before its items do. */
export function brokenOff(output: readonly Item[]): Item[] {
  return output.map((item) =>
    item.status === 'in_progress' ? { ...item, status: 'incomplete' } : item,
  )
}
