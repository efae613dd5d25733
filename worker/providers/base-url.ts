import { Fault } from '../platform/fault.ts'

/**
 * The address calls go to: as given, without a closing slash, and with `/v1` where no path was
 * given at all. Perplexity alone serves its API at the root.
 */
export function openAiBaseUrl(given: string): string {
  return baseUrlOf(given, (path, { hostname }) =>
    path === '' && hostname !== 'api.perplexity.ai' ? '/v1' : path,
  )
}

/** The address calls go to: as given, and with `/version` behind it unless it ends in a version. */
export function versionedBaseUrl(given: string, version: string): string {
  return baseUrlOf(given, (path) =>
    /\/v\d+(?:(?:alpha|beta)\d*)?$/i.test(path) ? path : `${path}/${version}`,
  )
}

/** The address above Ollama's own API and above the one it shares with OpenAI. */
export function ollamaBaseUrl(given: string): string {
  return baseUrlOf(given, (path) => path.replace(/\/(?:api|v1)$/, ''))
}

function baseUrlOf(given: string, pathOf: (path: string, url: URL) => string): string {
  const trimmed = given.trim()
  if (!URL.canParse(trimmed)) return trimmed
  const url = new URL(trimmed)
  url.pathname = pathOf(url.pathname.replace(/\/+$/, ''), url)
  url.hash = ''
  return url.search === '' ? url.href.replace(/\/$/, '') : url.href
}

/**
 * The address of one route below a base URL, whose query it keeps. Refuses `model_not_found` for a
 * route that would lead up and out of it, as the name of a model in it can.
 */
export function routeUrl(
  baseUrl: string,
  route: string,
  query: Readonly<Record<string, string>> = {},
): string {
  if (route.split('/').some((segment) => segment === '.' || segment === '..')) {
    throw new Fault('model_not_found')
  }
  if (!URL.canParse(baseUrl)) return baseUrl
  const url = new URL(baseUrl)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${route}`
  return urlWith(url.href, query)
}

/** An address with a query laid over the one it has. */
export function urlWith(address: string, query: Readonly<Record<string, string>>): string {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}
