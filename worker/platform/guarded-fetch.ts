import { admitAddress, type AddressGuard } from './address-guard.ts'
import { Fault } from './fault.ts'

export interface GuardedRequest {
  method: string
  headers: Headers
  body?: string
  /** Makes of `body` what is sent, anew for every hop: a stream can be read but once. */
  bodyOf?: (body: string) => string | ReadableStream<Uint8Array>
  signal?: AbortSignal
}

const hopsMax = 3
const redirects = new Set([301, 302, 303, 307, 308])
/** What may follow a redirect to another origin: nothing that could be a credential. */
const harmlessHeaders = ['accept', 'content-type', 'user-agent']

/**
 * `fetch` behind the address guard: the address and each of at most three redirects are judged
 * before they are called, and credentials stay with the origin they were meant for. A redirect
 * keeps method and body, save 303, because a POST turned into a GET only hides the mistake.
 */
export async function guardedFetch(
  given: string,
  request: GuardedRequest,
  guard: AddressGuard,
): Promise<Response> {
  let { method, headers, body } = request
  let url = await admitAddress(given, guard)
  for (let hop = 0; ; hop++) {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body: request.bodyOf?.(body) ?? body }),
      ...(request.signal ? { signal: request.signal } : {}),
    })
    const location = response.headers.get('location')
    if (!redirects.has(response.status) || location === null) return response
    await response.body?.cancel().catch(() => {})
    const next = hop < hopsMax ? await admitRedirect(location, url, guard) : null
    if (!next) throw new Fault('address_refused', { reason: 'redirect' })
    if (next.origin !== url.origin) headers = withoutCredentials(headers)
    if (response.status === 303) {
      method = 'GET'
      body = undefined
    }
    url = next
  }
}

async function admitRedirect(
  location: string,
  from: URL,
  guard: AddressGuard,
): Promise<URL | null> {
  if (!URL.canParse(location, from.href)) return null
  return admitAddress(new URL(location, from).href, guard).catch(() => null)
}

function withoutCredentials(headers: Headers): Headers {
  const kept = new Headers()
  for (const name of harmlessHeaders) {
    const value = headers.get(name)
    if (value !== null) kept.set(name, value)
  }
  return kept
}
