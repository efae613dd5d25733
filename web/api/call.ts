import { urlOf, type Endpoint, type Params } from '#contract/endpoint.ts'
import { wantedLanguage } from '../text/i18n.ts'
import { Offline } from './refused.ts'
import { refusalOf } from './refusal.ts'

/** A body that may be anything is one all the same. */
type TakesBody<Body> = unknown extends Body ? true : undefined extends Body ? false : true

type Input<Path extends string, Query, Body> = (keyof Params<Path> extends never
  ? { params?: never }
  : { params: Params<Path> }) &
  (undefined extends Query ? { query?: never } : { query?: Query }) &
  (TakesBody<Body> extends true ? { body: Body } : { body?: never }) & {
    signal?: AbortSignal
    /** Lets the request outlive the page that makes it. */
    keepalive?: boolean
    /** What the browser may answer by itself. */
    cache?: RequestCache
    /** Refused with `revision_conflict` unless this is still the revision. */
    ifMatch?: number
  }

/**
 * Makes the request an endpoint describes and gives back its reply (undefined for a 204). Throws
 * `Refused` with the server's problem, `Offline` when there was no reply, or the abort reason.
 */
export async function call<Path extends string, Query, Body, Reply>(
  endpoint: Endpoint<Path, Query, Body, Reply>,
  ...[input]: keyof Params<Path> extends never
    ? TakesBody<Body> extends true
      ? [input: Input<Path, Query, Body>]
      : [input?: Input<Path, Query, Body>]
    : [input: Input<Path, Query, Body>]
): Promise<Reply> {
  const {
    params = {},
    query,
    body,
    signal,
    keepalive = false,
    cache = 'default',
    ifMatch,
  } = (input ?? {}) as {
    params?: object
    query?: Record<string, unknown>
    body?: unknown
    signal?: AbortSignal
    keepalive?: boolean
    cache?: RequestCache
    ifMatch?: number
  }
  const response = await reach(urlOf(endpoint.path, params as Params<Path>, query), {
    method: endpoint.method,
    headers: {
      ...headersFor(body !== undefined),
      ...(ifMatch !== undefined && { 'if-match': String(ifMatch) }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
    keepalive,
    cache,
  })
  if (!response.ok) throw await refusalOf(response)
  if (response.status === 204 || !endpoint.reply) return undefined as Reply
  return endpoint.reply.parse(await readJson(response, signal))
}

/** Headers of every request: what is sent, and in which language a refusal should be worded. */
export function headersFor(hasBody: boolean): Record<string, string> {
  const language = { 'accept-language': wantedLanguage() }
  return hasBody ? { ...language, 'content-type': 'application/json' } : language
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (cause) {
    init.signal?.throwIfAborted()
    throw new Offline('No reply.', { cause })
  }
}

/** What a reply says. Throws `Offline` when it was cut off, or the abort reason. */
export async function readJson(response: Response, signal?: AbortSignal): Promise<unknown> {
  try {
    return (await response.json()) as unknown
  } catch (cause) {
    signal?.throwIfAborted()
    throw new Offline('The reply was cut off.', { cause })
  }
}
