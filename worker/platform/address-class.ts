/** What kind of network an IP address belongs to. */
export type AddressClass =
  | 'public'
  | 'private'
  | 'loopback'
  | 'carrier'
  | 'metadata'
  /** Link-local, multicast, documentation, translated and every other range no one should call. */
  | 'reserved'

/** Addresses at which a cloud hands credentials to whoever asks. */
const metadata = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
])

const ranges4: [first: string, bits: number, AddressClass][] = [
  ['0.0.0.0', 8, 'reserved'],
  ['10.0.0.0', 8, 'private'],
  ['100.64.0.0', 10, 'carrier'],
  ['127.0.0.0', 8, 'loopback'],
  ['169.254.0.0', 16, 'reserved'],
  ['172.16.0.0', 12, 'private'],
  ['192.0.0.0', 24, 'reserved'],
  ['192.0.2.0', 24, 'reserved'],
  ['192.31.196.0', 24, 'reserved'],
  ['192.52.193.0', 24, 'reserved'],
  ['192.88.99.0', 24, 'reserved'],
  ['192.168.0.0', 16, 'private'],
  ['192.175.48.0', 24, 'reserved'],
  ['198.18.0.0', 15, 'reserved'],
  ['198.51.100.0', 24, 'reserved'],
  ['203.0.113.0', 24, 'reserved'],
  ['224.0.0.0', 3, 'reserved'],
]

/** The class of an address as written, without brackets; null for what is no plain address. */
export function addressClassOf(address: string): AddressClass | null {
  const octets = octetsOf(address)
  if (octets) return classOf4(octets)
  const groups = groupsOf(address)
  return groups && classOf6(groups)
}

function classOf4(octets: readonly number[]): AddressClass {
  if (metadata.has(octets.join('.'))) return 'metadata'
  const value = valueOf(octets)
  const range = ranges4.find(
    ([first, bits]) => value >>> (32 - bits) === valueOf(octetsOf(first) ?? []) >>> (32 - bits),
  )
  return range ? range[2] : 'public'
}

const valueOf = (octets: readonly number[]) =>
  octets.reduce((value, octet) => ((value << 8) | octet) >>> 0, 0)

function classOf6(groups: readonly number[]): AddressClass {
  const [a = 0, b = 0] = groups
  const embedded = embeddedIn(groups)
  if (embedded) {
    const inner = classOf4(embedded.octets)
    if (inner === 'metadata') return inner
    return embedded.isMapped && inner !== 'public' ? inner : 'reserved'
  }
  if (groups.slice(0, 7).every((group) => group === 0) && groups[7] === 1) return 'loopback'
  if (groups.join() === [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254].join()) return 'metadata'
  if (a >>> 9 === 0xfc >>> 1) return 'private'
  const isGlobal = a >>> 13 === 1
  const isAssigned = a === 0x2001 && (b < 0x200 || b === 0xdb8)
  const isDocumentation = a === 0x3fff && b < 0x1000
  return isGlobal && !isAssigned && !isDocumentation ? 'public' : 'reserved'
}

/** The IPv4 address inside a mapped, NAT64 or 6to4 one. */
function embeddedIn(groups: readonly number[]): { octets: number[]; isMapped: boolean } | null {
  const isZero = (from: number, to: number) => groups.slice(from, to).every((group) => group === 0)
  const last = octetsIn(groups.slice(6))
  if (isZero(0, 5) && groups[5] === 0xffff) return { octets: last, isMapped: true }
  if (groups[0] === 0x64 && groups[1] === 0xff9b) return { octets: last, isMapped: false }
  if (groups[0] === 0x2002) return { octets: octetsIn(groups.slice(1, 3)), isMapped: false }
  return null
}

const octetsIn = (groups: readonly number[]) =>
  groups.flatMap((group) => [group >>> 8, group & 0xff])

function octetsOf(address: string): number[] | null {
  const parts = address.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return null
  const octets = parts.map(Number)
  return octets.every((octet) => octet < 256) ? octets : null
}

function groupsOf(address: string): number[] | null {
  const [head = '', tail, ...more] = address.split('::')
  if (more.length > 0) return null
  const left = groupList(head, tail === undefined)
  const right = tail === undefined ? [] : groupList(tail, true)
  if (!left || !right) return null
  const zeros = 8 - left.length - right.length
  if (tail === undefined ? zeros !== 0 : zeros < 1) return null
  return [...left, ...Array<number>(zeros).fill(0), ...right]
}

/** The groups between two `::`; the last one of an address may be an IPv4 address. */
function groupList(text: string, isLast: boolean): number[] | null {
  if (text === '') return []
  const parts = text.split(':')
  const octets = isLast ? octetsOf(parts.at(-1) ?? '') : null
  const plain = octets ? parts.slice(0, -1) : parts
  if (!plain.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return null
  const groups = plain.map((part) => Number.parseInt(part, 16))
  if (!octets) return groups
  const [a = 0, b = 0, c = 0, d = 0] = octets
  return [...groups, (a << 8) | b, (c << 8) | d]
}
