import { integer, text } from 'drizzle-orm/sqlite-core'
import type { Id, Kind } from '../contract/ids.ts'

/** An id column typed by the kind it holds. */
export const id = <K extends Kind>(name: string) => text(name).$type<Id<K>>()

/** A value of the contract, stored as JSON; the writer has parsed it, the reader may trust it. */
export const json = <T>(name: string) => text(name, { mode: 'json' }).$type<T>()

/** Milliseconds since 1970, UTC. */
export const at = (name: string) => integer(name)

export const flag = (name: string) => integer(name, { mode: 'boolean' })
