/** How a runtime words the ways a call can fail before it is answered. */
const wordings: [pattern: RegExp, message: string][] = [
  // A certificate for other names lists them, each behind `DNS:`.
  [/ENOTFOUND|EAI_AGAIN|getaddrinfo|\bDNS\b(?!:)/, 'The name of the host was not found.'],
  [/ECONNREFUSED|refused/i, 'The host refused the connection.'],
  [/CERT|TLS|SSL|EPROTO|certificate/, 'No secure connection could be made (TLS).'],
  [/timed? ?out|TIMEDOUT|CONNECT_TIMEOUT/i, 'The host did not answer in time.'],
  [
    /Network connection lost|ECONNRESET|other side closed/,
    'The connection was refused or lost before an answer came.',
  ],
]
const probeMsMax = 3_000

/** Why a call got no answer, in words for an administrator. */
export async function networkFailure(error: unknown, url: string): Promise<string> {
  const text = textOf(error)
  const known = wordings.find(([pattern]) => pattern.test(text))
  if (known) return known[1]
  // workerd has one wording for a name it cannot find and a handshake that fails. A plain call to
  // the same port tells them apart: it fails alike only for want of the name.
  if (text.includes('internal error')) {
    const isFound = url.startsWith('https:') && (await answersPlain(url))
    return wordings[isFound ? 2 : 0]?.[1] ?? ''
  }
  return `The call failed: ${text.slice(0, 200)}`
}

/** The message and code of an error and of its causes. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code} ` : ''
  return `${code}${error.message}${error.cause ? ` ${textOf(error.cause)}` : ''}`
}

async function answersPlain(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  try {
    const signal = AbortSignal.timeout(probeMsMax)
    const init = { method: 'HEAD', redirect: 'manual', signal } as const
    const response = await fetch(`http://${hostname}:${port || 443}/`, init)
    await response.body?.cancel()
    return true
  } catch (error) {
    return !textOf(error).includes('internal error')
  }
}
