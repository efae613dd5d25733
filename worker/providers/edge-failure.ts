const notFound = 'The name of the host was not found.'
const refused = 'The host refused the connection.'
const insecure = 'No secure connection could be made (TLS).'
const late = 'The host did not answer in time.'

/** What Cloudflare's edge answers in place of a host it could not reach, by status or code. */
const failures: Record<string, string> = {
  521: refused,
  522: late,
  523: refused,
  524: late,
  525: insecure,
  526: insecure,
  1016: notFound,
}

/** Why the edge could not reach a host, in words; null when the reply is the host's own. */
export function edgeFailure(status: number, body: string): string | null {
  const code = /^\s*error code: (\d+)\s*$/.exec(body)?.[1]
  if (status < 520 || status > 530 || (code === undefined && body.trim() !== '')) return null
  return failures[code ?? ''] ?? failures[status] ?? null
}
