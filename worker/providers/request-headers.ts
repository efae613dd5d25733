import type { CustomRequest } from '../contract/chat.ts'
import { Fault } from '../platform/fault.ts'
import { customHeaders } from './custom-request.ts'
import type { ProviderConnection } from './provider.ts'

/** Headers the runtime writes itself. */
const transportHeader = /^(?:host|connection|content-length|transfer-encoding|accept-encoding)$/i

/**
 * The headers of a call: the adapter's own, which carry the key, then the connection's, then those of
 * a custom request. Refuses `connection_unusable` when one of them cannot be sent.
 */
export function callHeaders(
  connection: ProviderConnection,
  own: Readonly<Record<string, string>>,
  custom: CustomRequest | null = null,
): Headers {
  const headers = new Headers({ accept: 'application/json, text/event-stream' })
  const given = connection.headers.filter(({ name }) => !transportHeader.test(name))
  try {
    for (const [name, value] of Object.entries(own)) headers.set(name, value)
    for (const { name, value } of [...given, ...customHeaders(custom)]) headers.set(name, value)
  } catch (error) {
    throw new Fault('connection_unusable', {}, { cause: error })
  }
  headers.set('content-type', 'application/json')
  return headers
}

/** The key as most APIs take it; nothing where the connection has none. */
export function bearer({ apiKey }: ProviderConnection): Record<string, string> {
  return apiKey ? { authorization: `Bearer ${apiKey}` } : {}
}

/**
 * What must never be repeated to anyone: the key and the values of the connection's headers, also as
 * they look in an address or in base64, and where the connection leads.
 */
export function secretsOf({ apiKey, headers, baseUrl }: ProviderConnection): string[] {
  const values = [apiKey ?? '', ...headers.map(({ value }) => value)]
  const forms = values.flatMap((value) => [value, encodeURIComponent(value), btoa(value)])
  return [...forms, ...placeOf(baseUrl)]
}

function placeOf(baseUrl: string): string[] {
  if (!URL.canParse(baseUrl)) return []
  const { host, origin, pathname, search, searchParams } = new URL(baseUrl)
  // A name of one label may be a word like any other.
  const named = /[.:]/.test(host) ? [host, origin, `${origin}${pathname}`] : [origin]
  return [...named, search, ...searchParams.values()]
}
