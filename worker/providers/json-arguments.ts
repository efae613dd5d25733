import { fieldsOf, jsonIn, type Fields } from './narrow.ts'

/** The arguments of a tool call for APIs that want an object; empty for what is none. */
export function jsonObjectOf(given: string): Fields {
  return fieldsOf(jsonIn(given)) ?? {}
}
