import { Fault } from '../platform/fault.ts'
import { fieldsOf, jsonIn, listOf, textOf, type Fields } from './narrow.ts'
import type { ToolCall } from './provider.ts'

interface OpenCall {
  id: string
  name: string
  /** Joined once, at the end: a long argument comes in thousands of pieces. */
  pieces: string[]
}

const callsMax = 128
const charactersMax = 1024 * 1024

/**
 * Puts tool calls together from their deltas. A delta belongs to the call at its index, else to
 * the call of its id, else to the last call; it opens another where it can only mean one: a name
 * again, under another id or other name, once the arguments before it are whole.
 */
export class ToolCallAssembly {
  readonly #calls: OpenCall[] = []
  readonly #byIndex = new Map<unknown, OpenCall>()
  #characters = 0

  get isEmpty(): boolean {
    return this.#calls.length === 0
  }

  /** Takes the `tool_calls` of one delta. */
  addDeltas(value: unknown): void {
    const deltas = listOf(value)
    for (const delta of deltas) {
      const fields = fieldsOf(delta)
      if (fields) this.#add(fields, deltas.length > 1)
    }
  }

  /** Takes the `tool_calls` of a finished message, where each entry is a call of its own. */
  addWhole(value: unknown): void {
    for (const call of listOf(value)) {
      const fields = fieldsOf(call)
      if (fields) this.#extend(this.#open(), textOf(fields.id), functionOf(fields))
    }
  }

  /** Takes the `function_call` of the time before there were tools. */
  addLegacy(value: unknown): void {
    const called = fieldsOf(value)
    if (called) this.#extend(this.#calls.at(-1) ?? this.#open(), '', called)
  }

  take(): ToolCall[] {
    return this.#calls.map(({ id, name, pieces }) => ({
      id: id || `call_${crypto.randomUUID()}`,
      name,
      arguments: pieces.join(''),
    }))
  }

  #add(fields: Fields, isOneOfSeveral: boolean): void {
    const id = textOf(fields.id)
    const called = functionOf(fields)
    const name = textOf(called.name)
    const hasIndex = fields.index !== undefined && fields.index !== null
    let call = this.#callOf(fields.index, id, hasIndex)
    if (call && name !== '' && opensAnother(call, id, name, hasIndex, isOneOfSeveral)) {
      call = undefined
    }
    call ??= this.#open()
    if (hasIndex) this.#byIndex.set(fields.index, call)
    this.#extend(call, id, called)
  }

  #callOf(index: unknown, id: string, hasIndex: boolean): OpenCall | undefined {
    if (hasIndex) return this.#byIndex.get(index)
    const known = id === '' ? undefined : this.#calls.find((call) => call.id === id)
    return known ?? this.#calls.at(-1)
  }

  #open(): OpenCall {
    if (this.#calls.length >= callsMax) throw tooMuch('more than 128 tool calls')
    const call = { id: '', name: '', pieces: [] }
    this.#calls.push(call)
    return call
  }

  #extend(call: OpenCall, id: string, called: Fields): void {
    call.id ||= id
    call.name ||= textOf(called.name)
    const piece = argumentsOf(called.arguments)
    if (piece === '') return
    this.#characters += piece.length
    if (this.#characters > charactersMax) throw tooMuch('tool arguments of more than 1 MB')
    call.pieces.push(piece)
  }
}

function opensAnother(
  call: OpenCall,
  id: string,
  name: string,
  hasIndex: boolean,
  isOneOfSeveral: boolean,
): boolean {
  if (call.name === '' || (id !== '' && id === call.id)) return false
  const hasOtherId = id !== '' && call.id !== ''
  if (!hasIndex && (hasOtherId || isOneOfSeveral)) return true
  const isOther = hasOtherId || name !== call.name
  if (call.pieces.length === 0) return isOther
  return (isOther || !hasIndex) && jsonIn(call.pieces.join('')) !== undefined
}

const functionOf = (fields: Fields): Fields => fieldsOf(fields.function) ?? {}

/** Some servers send the arguments as an object instead of its text. */
function argumentsOf(value: unknown): string {
  if (typeof value === 'string') return value
  return value === undefined || value === null ? '' : JSON.stringify(value)
}

function tooMuch(message: string): Fault {
  return new Fault('provider_bad_reply', { provider: { status: 200, message } })
}
