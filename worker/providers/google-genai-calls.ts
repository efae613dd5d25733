import { mintedIdPrefix } from './google-genai-request.ts'
import { fieldsOf, listOf, textOf, type Fields } from './narrow.ts'
import type { ToolCall } from './provider.ts'
import { ToolCallAssembly } from './tool-calls.ts'

interface OpenCall {
  id: string
  name: string
  args: Fields
  /** Where a text is being written of which more comes. */
  writing: string | null
}

/**
 * Puts function calls together. Most come whole; some come as a name, then values with their places,
 * then an empty call that ends it.
 */
export class FunctionCalls {
  readonly #calls: OpenCall[] = []
  #open: OpenCall | null = null

  /** Takes one `functionCall`. The id of the call it belongs to; null when it belongs to none. */
  add(part: Fields): string | null {
    const call = this.#callOf(textOf(part.name), textOf(part.id))
    this.#open = part.willContinue === true ? call : null
    if (!call) return null
    Object.assign(call.args, fieldsOf(part.args))
    for (const value of listOf(part.partialArgs)) {
      const fields = fieldsOf(value)
      if (fields) write(call, fields)
    }
    return call.id
  }

  /** The calls, without one that was still being written unless the reply `isWhole`. */
  take(isWhole: boolean): ToolCall[] {
    const assembly = new ToolCallAssembly()
    for (const call of this.#calls) {
      if (call === this.#open && !isWhole) continue
      assembly.addWhole([{ id: call.id, function: { name: call.name, arguments: call.args } }])
    }
    return assembly.take()
  }

  #callOf(name: string, id: string): OpenCall | null {
    const isAnother = name !== '' && (id === '' || id !== this.#open?.id)
    if (!isAnother) return this.#open
    const args: Fields = Object.create(null)
    const call = { id: id || mintedIdPrefix + crypto.randomUUID(), name, args, writing: null }
    this.#calls.push(call)
    return call
  }
}

/** Writes one value to its place, a JSON path such as `$.rows[0].name`. */
function write(call: OpenCall, partial: Fields): void {
  const path = textOf(partial.jsonPath)
  const keys = keysOf(path)
  const last = keys.pop()
  const holder = last === undefined ? null : holderOf(call.args, keys, last)
  if (!holder || last === undefined) return
  const value = valueOf(partial)
  const before = holder[last]
  const isMore = call.writing === path && typeof before === 'string'
  holder[last] = isMore ? before + textOf(value) : value
  call.writing = partial.willContinue === true ? path : null
}

type Key = string | number

function keysOf(path: string): Key[] {
  const steps = path.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\[(?:'([^']*)'|"([^"]*)")\]/g)
  return [...steps].map(([, name, index, quoted, doubled]) =>
    index === undefined ? (name ?? quoted ?? doubled ?? '') : Number(index),
  )
}

/** What holds the last key, made where it is missing; null when the path cannot be. */
function holderOf(root: Fields, keys: readonly Key[], last: Key): Record<Key, unknown> | null {
  let holder: Record<Key, unknown> = root
  for (const [index, key] of keys.entries()) {
    if (!fits(holder, key)) return null
    const isList = typeof (keys[index + 1] ?? last) === 'number'
    const next = (holder[key] ??= isList ? [] : Object.create(null))
    if (typeof next !== 'object' || next === null) return null
    holder = next as Record<Key, unknown>
  }
  return fits(holder, last) ? holder : null
}

/** A list grows by one at a time, so that no path can ask for a huge one. */
function fits(holder: object, key: Key): boolean {
  return (
    Array.isArray(holder) === (typeof key === 'number') &&
    (!Array.isArray(holder) || Number(key) <= holder.length)
  )
}

function valueOf({ stringValue, numberValue, boolValue }: Fields): unknown {
  return stringValue ?? numberValue ?? boolValue ?? null
}
