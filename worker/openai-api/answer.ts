import type { Id } from '../contract/ids.ts'
import type { UsableModel } from '../connections/usable-model.ts'
import type { Fault } from '../platform/fault.ts'
import type { Upstream } from '../platform/upstream.ts'
import type { Fields } from '../providers/narrow.ts'
import type { Provider, ProviderConnection } from '../providers/provider.ts'
import type { TagPair } from '../providers/reasoning-tags.ts'
import type { CallAccount } from './call-account.ts'
import type { Item } from './responses/response-items.ts'

/** Which kind of call is answered. */
export type Route = 'chat' | 'responses' | 'embeddings'

/** A call as it was asked, and where it goes. */
export interface CallToAnswer {
  id: Id<'response'>
  /** In milliseconds. */
  startedAt: number
  /** Checked, and otherwise as it came. */
  body: Fields
  usable: UsableModel
  provider: Provider
  connection: ProviderConnection
  /** Pairs of tags that mark reasoning inside a text; none where they are not looked for. */
  tagPairs: readonly TagPair[]
  /** A response: the items of those before it, the oldest first. */
  earlier: readonly Item[]
  /** Whether an object keeps the answer, and has told its first frames already. */
  isKept: boolean
}

/** Takes a piece on to whoever asked. What it answers is waited for before there is more. */
export type HandOn = (piece: string) => Promise<void> | undefined

/** How a call is answered, one try at a time. */
export interface Answer {
  /** As server-sent events, whole ones in each piece. */
  stream(account: CallAccount, upstream: Upstream, handOn: HandOn): Promise<void>
  /** In one piece of JSON. */
  body(account: CallAccount, upstream: Upstream): Promise<string>
  /** The last frame of a stream that breaks. */
  failure(fault: Fault, requestId: string): string
  /** What providers have sealed of their reasoning, by the item it belongs to; complete at the end. */
  readonly packed?: ReadonlyMap<string, string>
}
