import type { Fields } from '../providers/narrow.ts'
import type { Route } from './answer.ts'
import type { Item } from './responses/response-items.ts'

/** A call that was checked, as it was asked. */
export interface AskedCall {
  route: Route
  kind: 'v1' | 'embedding'
  body: Fields
  /** The body as it came. */
  text: string
  isStream: boolean
  promptTokens: number
  /** A response that its caller may have back by its id; with it, also one that is not waited for. */
  isStored?: boolean
  isBackground?: boolean
  /** The items of the responses before it, the oldest first. */
  earlier?: readonly Item[]
}
