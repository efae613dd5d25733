export interface LinkTarget {
  href: string
  /** The host of a page, the address of a letter: what a reader must see before following it. */
  host: string
}

/**
 * Where a link of a message may lead: http, https and mailto, nothing else. The address is the
 * URL parser's own spelling, so what was judged is what the browser opens; relative ones, other
 * schemes and what does not parse are null.
 */
export function linkTarget(address: string): LinkTarget | null {
  const url = parsed(address)
  if (!url) return null
  if (url.protocol === 'mailto:') return { href: url.href, host: decoded(url.pathname) }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  return { href: url.href, host: url.host }
}

/** Where an image may come from: like a link, but only from a host. */
export function imageTarget(address: string): LinkTarget | null {
  const target = linkTarget(address)
  return target?.href.startsWith('http') ? target : null
}

function parsed(address: string): URL | null {
  try {
    return new URL(address)
  } catch {
    return null
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
