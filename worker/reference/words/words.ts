import type * as z from 'zod/mini'
import type { ProblemCode } from '../../contract/problems.ts'

/** What is to be said of an endpoint beside what its value in the contract says. */
export interface Words {
  /** One plain sentence. */
  summary: string
  /** What one sentence has no room for. */
  description?: string
  /** Its own refusals; those that its form brings along are known. */
  refuses?: readonly ProblemCode[]
  /** Headers of the request that it reads, and what they are for. */
  headers?: Record<string, string>
  /** Query parameters that it reads past its contract, and what they are for. */
  query?: Record<string, string>
  /** What a body is to be where the contract takes anything, to say what is wrong with it. */
  body?: z.ZodMiniType
  /** What comes as a file or as an object of JSON made by hand. */
  reply?: z.ZodMiniType
  /** The reply is a stream; this is what each event's `data` holds. */
  stream?: z.ZodMiniType
  /** The reply is no JSON but one of these. */
  mediaTypes?: readonly string[]
  /** Further successes, by their statuses. */
  also?: Record<string, string>
}

export interface Section {
  name: string
  description: string
  /** By `METHOD path`, in the order they are read in. */
  endpoints: Record<string, Words>
}
