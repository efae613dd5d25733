import { fieldsOf, listOf, textOf, type Fields } from '../../providers/narrow.ts'
import { invalidField } from '../field-faults.ts'
import type { ResponsesBody } from './responses-body.ts'

/** An item of a response's input or output: a message, a call, a thought. */
export interface Item extends Fields {
  type: string
  id: string
}

const prefixes: Record<string, string> = {
  message: 'msg',
  reasoning: 'rs',
  function_call: 'fc',
  function_call_output: 'fco',
}

/** The id of the item at `place` of a response; ids of input and output never meet. */
export function itemId(type: string, responseId: string, place: number | string): string {
  return `${prefixes[type] ?? 'item'}_${responseId.slice('resp_'.length)}${place}`
}

const minted = /^[a-z]+_([0-9a-z]{24})i?\d+$/

/** The public id of the response an item came with, told by its own; null where that is another's. */
export function responseOfItem(id: unknown): string | null {
  const [, tail] = minted.exec(textOf(id)) ?? []
  return tail === undefined ? null : `resp_${tail}`
}

/** What a response is given, as items: each with its type, an id and its content in parts. */
export function itemsOfInput({ input = [] }: ResponsesBody, responseId: string): Item[] {
  const given = typeof input === 'string' ? [{ role: 'user', content: input }] : input
  return given.map((item, index) => {
    const type = typeOf(item, index)
    const id = textOf(item.id) || itemId(type, responseId, `i${index}`)
    const status = textOf(item.status) || 'completed'
    if (type === 'message') return { ...item, type, id, status, content: partsOf(item, index) }
    return type === 'reasoning' ? { ...item, type, id } : { ...item, type, id, status }
  })
}

function typeOf(item: Fields, index: number): string {
  if (typeof item.type === 'string') return item.type
  if (typeof item.role === 'string') return 'message'
  throw invalidField(`input.${index}.type`, 'Missing required parameter.')
}

/** A message's content in parts, as it is listed later on. */
function partsOf({ content, role }: Fields, index: number): unknown[] {
  const isOwn = role === 'assistant'
  if (typeof content === 'string') return [isOwn ? outputText(content) : inputText(content)]
  if (!Array.isArray(content)) {
    const message = 'Invalid type: expected a string or an array of parts.'
    throw invalidField(`input.${index}.content`, message)
  }
  return listOf(content).map((part) => {
    const fields = fieldsOf(part)
    if (fields?.type === 'output_text') return { annotations: [], logprobs: [], ...fields }
    return fields?.type === 'input_image' ? { detail: 'auto', ...fields } : part
  })
}

const inputText = (text: string) => ({ type: 'input_text', text })

export function outputText(text: string): Fields {
  return { type: 'output_text', text, annotations: [], logprobs: [] }
}
