import { addressClassOf, type AddressClass } from './address-class.ts'
import { Fault } from './fault.ts'

export type AddressRefusal =
  | 'scheme'
  | 'user_info'
  | 'private'
  | 'metadata'
  | 'name'
  | 'redirect'
  | 'unresolved'

export interface AddressRules {
  /** Opens http, private and loopback hosts, for connections only. */
  allowPrivateHosts: boolean
  /** Origins that pass whatever they are, such as the demo model's. */
  allowedOrigins: readonly string[]
  audience: 'connection' | 'page'
}

export interface AddressGuard extends AddressRules {
  /** The addresses of a name; null looks none up. */
  resolve: ((host: string) => Promise<string[]>) | null
}

export type AddressVerdict = { ok: true; url: URL } | { ok: false; reason: AddressRefusal }

const metadataNames = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
])
const plainName = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/
const localName = /^[^.]*$|\.(localhost|local|internal|home\.arpa)$/

/** Whether an address may be called, by what it says; names are not looked up. */
export function checkAddress(given: string, rules: AddressRules): AddressVerdict {
  const refuse = (reason: AddressRefusal) => ({ ok: false, reason }) as const
  if (!URL.canParse(given)) return refuse(/^[a-z][a-z0-9+.-]*:/i.test(given) ? 'name' : 'scheme')
  const url = new URL(given)
  const isPlain = url.protocol === 'http:'
  if (!isPlain && url.protocol !== 'https:') return refuse('scheme')
  const host = hostOf(url)
  const kind = addressClassOf(host)
  if (kind === 'metadata' || metadataNames.has(host)) return refuse('metadata')
  if (url.username !== '' || url.password !== '') return refuse('user_info')
  if (rules.allowedOrigins.includes(url.origin)) return { ok: true, url }
  if (kind !== null && !isCallable(kind, rules)) return refuse('private')
  const isOpen = opensPrivateHosts(rules)
  if (kind === null && !(plainName.test(host) && (isOpen || !localName.test(host)))) {
    return refuse('name')
  }
  return isPlain && !isOpen ? refuse('scheme') : { ok: true, url }
}

/** `checkAddress`, and every address of a name must pass as well. Refuses `address_refused`. */
export async function admitAddress(given: string, guard: AddressGuard): Promise<URL> {
  const verdict = checkAddress(given, guard)
  const reason = verdict.ok ? await refusalOfName(verdict.url, guard) : verdict.reason
  if (!verdict.ok || reason !== null) throw new Fault('address_refused', { reason })
  return verdict.url
}

async function refusalOfName(url: URL, guard: AddressGuard): Promise<AddressRefusal | null> {
  const host = hostOf(url)
  if (!guard.resolve || guard.allowedOrigins.includes(url.origin)) return null
  if (addressClassOf(host) !== null) return null
  const addresses = await guard.resolve(host).catch(() => [])
  // A name of the local network means nothing to a public resolver.
  if (addresses.length === 0) return opensPrivateHosts(guard) ? null : 'unresolved'
  const kinds = addresses.map((address) => addressClassOf(address) ?? 'reserved')
  if (kinds.includes('metadata')) return 'metadata'
  return kinds.every((kind) => isCallable(kind, guard)) ? null : 'private'
}

const opensPrivateHosts = (rules: AddressRules) =>
  rules.allowPrivateHosts && rules.audience === 'connection'

function isCallable(kind: AddressClass, rules: AddressRules): boolean {
  if (kind === 'public') return true
  return opensPrivateHosts(rules) && ['private', 'loopback', 'carrier'].includes(kind)
}

/** The host in lower case, without brackets and closing dots. */
function hostOf(url: URL): string {
  return url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.+$/, '')
    .toLowerCase()
}
