import type * as z from 'zod/mini'
import type { Capability } from './actor.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Who may call: everyone, whoever has an identity, or a signed-in user. Capabilities come on top. */
export type Audience = 'public' | 'actor' | 'user'

export interface Endpoint<Path extends string, Query, Body, Reply> {
  method: Method
  path: Path
  audience: Audience
  /** What the actor must be able to do, asked through `can`. */
  capability?: Capability
  /** Absent when the request reads no query parameters; unknown ones are ignored. */
  query?: z.ZodMiniType<Query>
  /** Absent when the request carries no body. */
  body?: z.ZodMiniType<Body>
  /** How long a JSON body may be when 1 MB is not enough, or a form's file when 15 MB are too much. */
  bytesMax?: number
  /** The body is a multipart form instead of JSON; its field `file` is what the endpoint takes. */
  form?: true
  /** Absent when the reply has no JSON body (204, a stream, bytes). */
  reply?: z.ZodMiniType<Reply>
  /** The status of a success when it is not 200, or 204 without a reply. */
  status?: 201 | 202
}

/** The `:names` in a path, as the object that fills them. */
export type Params<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { [K in Name]: string } & Params<Rest>
  : Path extends `${string}:${infer Name}`
    ? { [K in Name]: string }
    : unknown

/** One request the worker answers and the web app makes: both sides are derived from this value. */
export function endpoint<
  const Path extends string,
  Reply = undefined,
  Body = undefined,
  Query = undefined,
>(definition: Endpoint<Path, Query, Body, Reply>): Endpoint<Path, Query, Body, Reply> {
  return definition
}

/** The path with its `:names` filled and the query appended; undefined query values are left out. */
export function urlOf<Path extends string>(
  path: Path,
  params: Params<Path>,
  query?: Record<string, unknown>,
): string {
  const values = params as Record<string, string>
  const url = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
  const pairs = Object.entries(query ?? {})
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
  return pairs.length === 0 ? url : `${url}?${pairs.join('&')}`
}
