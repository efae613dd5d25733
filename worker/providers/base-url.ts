/**
 * The address calls go to: as given, without a closing slash, and with `/v1` where no path was
 * given at all. Perplexity alone serves its API at the root.
 */
export function openAiBaseUrl(given: string): string {
  const trimmed = given.trim()
  if (!URL.canParse(trimmed)) return trimmed
  const url = new URL(trimmed)
  const path = url.pathname.replace(/\/+$/, '')
  url.pathname = path === '' && url.hostname !== 'api.perplexity.ai' ? '/v1' : path
  url.hash = ''
  return url.search === '' ? url.href.replace(/\/$/, '') : url.href
}

/** The address of one route below a base URL, whose query it keeps. */
export function routeUrl(
  baseUrl: string,
  route: string,
  query: Readonly<Record<string, string>> = {},
): string {
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
