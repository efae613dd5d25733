interface Answer {
  addresses: string[]
  expiresAt: number
}

const endpoint = 'https://cloudflare-dns.com/dns-query'
const recordTypes = { A: 1, AAAA: 28 }
/** A guard that asks before every call must not make every call slower. */
const keptMs = 60_000
const keptMax = 500
const kept = new Map<string, Answer>()

/** The IPv4 and IPv6 addresses of a name; none when it does not exist. Kept for a minute. */
export async function resolveOverHttps(host: string): Promise<string[]> {
  const now = Date.now()
  const known = kept.get(host)
  if (known && known.expiresAt > now) return known.addresses
  const lists = await Promise.all([lookUp(host, 'A'), lookUp(host, 'AAAA')])
  const addresses = lists.flat()
  if (kept.size >= keptMax) kept.clear()
  kept.set(host, { addresses, expiresAt: now + keptMs })
  return addresses
}

async function lookUp(host: string, type: keyof typeof recordTypes): Promise<string[]> {
  const response = await fetch(`${endpoint}?name=${encodeURIComponent(host)}&type=${type}`, {
    headers: { accept: 'application/dns-json' },
  })
  if (!response.ok) throw new Error(`The resolver answered ${response.status}.`)
  const reply: { Answer?: { type: number; data: string }[] } = await response.json()
  return (reply.Answer ?? [])
    .filter((record) => record.type === recordTypes[type])
    .map((record) => record.data)
}
