import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { addressClassOf } from './address-class.ts'
import { admitAddress, checkAddress, type AddressGuard } from './address-guard.ts'
import { guardedFetch } from './guarded-fetch.ts'

const closed: AddressGuard = {
  allowPrivateHosts: false,
  allowedOrigins: [],
  audience: 'connection',
  resolve: null,
}
const open: AddressGuard = { ...closed, allowPrivateHosts: true }
const reasonOf = (url: string, guard: AddressGuard) => {
  const verdict = checkAddress(url, guard)
  return verdict.ok ? null : verdict.reason
}

describe('the address guard', () => {
  it.each([
    ['https://api.openai.com/v1', null, null],
    ['https://93.184.216.34/v1', null, null],
    ['http://example.com/v1', 'scheme', null],
    ['ftp://example.com/', 'scheme', 'scheme'],
    ['example.com/v1', 'scheme', 'scheme'],
    ['https://user:pass@example.com/', 'user_info', 'user_info'],
    ['https://10.0.0.1/', 'private', null],
    ['https://2130706433/', 'private', null],
    ['http://0x7f.1:11434/', 'private', null],
    ['http://100.64.0.7:11434/', 'private', null],
    ['http://[fd12::1]:11434/', 'private', null],
    ['https://0.0.0.0/', 'private', 'private'],
    ['https://[::ffff:127.0.0.1]/', 'private', null],
    ['https://[2002:7f00:1::]/', 'private', 'private'],
    ['http://169.254.169.254/latest/', 'metadata', 'metadata'],
    ['https://[::ffff:a9fe:a9fe]/', 'metadata', 'metadata'],
    ['https://[64:ff9b::a9fe:a9fe]/', 'metadata', 'metadata'],
    ['https://[fd00:ec2::254]/', 'metadata', 'metadata'],
    ['http://metadata.google.internal./', 'metadata', 'metadata'],
    ['https://127.0.0.1!/', 'name', 'name'],
    ['https://localhost/', 'name', null],
    ['https://localhost./', 'name', null],
    ['http://ollama:11434/', 'name', null],
    ['https://a.b.localhost/', 'name', null],
    ['https://printer.local/', 'name', null],
    ['https://db.internal.../', 'name', null],
    ['https://x.home.arpa/', 'name', null],
  ] as const)('%s: closed %s, open %s', (url, whenClosed, whenOpen) => {
    expect([reasonOf(url, closed), reasonOf(url, open)]).toEqual([whenClosed, whenOpen])
  })

  it('opens private hosts for connections and never for pages', () => {
    expect(reasonOf('https://10.0.0.1/', { ...open, audience: 'page' })).toBe('private')
    expect(reasonOf('http://example.com/', { ...open, audience: 'page' })).toBe('scheme')
  })

  it('lets a listed origin pass, at that port only', () => {
    const guard = { ...closed, allowedOrigins: ['http://127.0.0.1:8788'] }
    expect(reasonOf('http://127.0.0.1:8788/v1', guard)).toBeNull()
    expect(reasonOf('http://127.0.0.1:8789/v1', guard)).toBe('private')
  })

  it.each([
    [['10.0.0.1'], 'private', null],
    [['93.184.216.34', '10.0.0.5'], 'private', null],
    [['93.184.216.34', 'fd00:ec2::254'], 'metadata', 'metadata'],
    [['not an address'], 'private', 'private'],
    [[], 'unresolved', null],
  ])('judges a name by every address it has: %j', async (addresses, whenClosed, whenOpen) => {
    const resolve = async () => addresses
    const outcomes = [closed, open].map(async (guard) =>
      admitAddress('https://name.example/', { ...guard, resolve }).then(
        () => null,
        (fault) => fault.members.reason,
      ),
    )
    expect(await Promise.all(outcomes)).toEqual([whenClosed, whenOpen])
  })

  it('refuses a name when the resolver fails, and looks up no address or listed origin', async () => {
    const resolve = vi.fn<() => Promise<string[]>>(() => Promise.reject(new Error('down')))
    const guard = { ...closed, resolve, allowedOrigins: ['http://localhost:1'] }
    await expect(admitAddress('https://name.example/', guard)).rejects.toMatchObject({
      code: 'address_refused',
      members: { reason: 'unresolved' },
    })
    await admitAddress('https://93.184.216.34/', guard)
    await admitAddress('http://localhost:1/', guard)
    expect(resolve).toHaveBeenCalledTimes(1)
  })
})

describe('a guarded call', () => {
  afterEach(() => vi.unstubAllGlobals())

  interface Seen {
    url: string
    method: string
    headers: string[]
    body: string | null
  }

  /** Answers each address with a redirect to the next, and the last with 200. */
  function stubHops(status: number, ...locations: string[]): Seen[] {
    const seen: Seen[] = []
    vi.stubGlobal('fetch', async (url: URL, init: RequestInit) => {
      const headers = [...new Headers(init.headers).keys()]
      const body = typeof init.body === 'string' ? init.body : null
      seen.push({ url: url.href, method: init.method ?? '', headers, body })
      expect(init.redirect).toBe('manual')
      const location = locations.shift()
      return location === undefined
        ? new Response('done')
        : new Response(null, { status, headers: { location } })
    })
    return seen
  }
  const post = () => ({
    method: 'POST',
    headers: new Headers({
      authorization: 'Bearer k',
      'x-tenant': 'secret',
      'content-type': 'application/json',
    }),
    body: '{}',
  })

  it('keeps method, body and credentials while the origin stays', async () => {
    const seen = stubHops(308, '/v1/')
    await guardedFetch('https://a.example/v1', post(), closed)
    expect(seen[1]).toEqual({ ...seen[0], url: 'https://a.example/v1/' })
  })

  it('leaves credentials behind when the origin changes, for good', async () => {
    const seen = stubHops(307, 'https://b.example/', 'https://a.example/v2')
    await guardedFetch('https://a.example/v1', post(), closed)
    expect(seen.map(({ headers }) => headers.length)).toEqual([3, 1, 1])
    expect(seen[1]).toMatchObject({ method: 'POST', body: '{}', headers: ['content-type'] })
  })

  it('asks with GET after 303', async () => {
    const seen = stubHops(303, '/status')
    await guardedFetch('https://a.example/v1', post(), closed)
    expect(seen[1]).toMatchObject({ method: 'GET', body: null })
  })

  it.each([
    ['https://169.254.169.254/'],
    ['http://localhost:8787/'],
    ['file:///etc/passwd'],
    ['http://a.example/'],
    ['https://['],
  ])('refuses a redirect to %s and never calls it', async (location) => {
    const seen = stubHops(302, location)
    await expect(guardedFetch('https://a.example/', post(), closed)).rejects.toMatchObject({
      code: 'address_refused',
      members: { reason: 'redirect' },
    })
    expect(seen).toHaveLength(1)
  })

  it('follows three redirects and no fourth', async () => {
    stubHops(302, '/1', '/2', '/3')
    expect((await guardedFetch('https://a.example/', post(), closed)).status).toBe(200)
    const seen = stubHops(302, '/1', '/2', '/3', '/4')
    await expect(guardedFetch('https://a.example/', post(), closed)).rejects.toMatchObject({
      members: { reason: 'redirect' },
    })
    expect(seen).toHaveLength(4)
  })

  it('judges a name again at every call, so that rebinding gains nothing later', async () => {
    stubHops(302)
    const answers = [['93.184.216.34'], ['127.0.0.1']]
    const guard = { ...closed, resolve: async () => answers.shift() ?? [] }
    await guardedFetch('https://rebind.example/', post(), guard)
    await expect(guardedFetch('https://rebind.example/', post(), guard)).rejects.toMatchObject({
      members: { reason: 'private' },
    })
  })
})

interface Judged {
  url: string
  ip: string
  block: boolean
  why: string
  resolvesTo?: string[]
  thenResolvesTo?: string[]
  needsRedirect?: boolean
}
const folder = fileURLToPath(new URL('../../../shared/fixtures/security/', import.meta.url).href)
const isPresent = existsSync(folder)
if (!isPresent) console.warn('SKIPPED: the attack lists, absent at ../shared/fixtures/security')
const listOf = (file: string): Judged[] =>
  isPresent ? JSON.parse(readFileSync(folder + file, 'utf8')).cases : []

/** Where the product's own rule is stricter than the list. */
const stricter = new Set([
  'http://ⓔⓧⓐⓜⓟⓛⓔ.ⓒⓞⓜ/', // public, but http
  '64:ff9c::1', // outside the global unicast range
  '172.16.1.1', // private
  '192.168.1.1', // private
  '3fff::1', // documentation
  '192.0.0.192', // a metadata address
])

describe.skipIf(!isPresent)('the attack lists', () => {
  it('judges every address as marked', () => {
    const wrong = listOf('ip-classification.json').filter(
      ({ ip, block }) => (addressClassOf(ip) !== 'public') !== (block || stricter.has(ip)),
    )
    expect(wrong).toEqual([])
  })

  it('judges every URL as marked', async () => {
    const wrong: string[] = []
    for (const { url, block, resolvesTo, thenResolvesTo, needsRedirect } of listOf(
      'ssrf-urls.json',
    )) {
      // Redirects are the matter of the calls above.
      if (needsRedirect) continue
      // The names are under test here, not the scheme: judged as https, on the second look-up.
      const asked = resolvesTo ? url.replace(/^http:/, 'https:') : url
      const resolve = async () => thenResolvesTo ?? resolvesTo ?? ['93.184.216.34']
      const isRefused = await admitAddress(asked, { ...closed, resolve }).then(
        () => false,
        () => true,
      )
      if (isRefused !== (block || stricter.has(url))) wrong.push(url)
    }
    expect(wrong).toEqual([])
  })
})
