/** The address a request came from, as Cloudflare tells it; a fixed word where it tells none. */
export function addressOf(request: Request): string {
  return request.headers.get('cf-connecting-ip') ?? 'unknown'
}

/** The part of an address that names a network and no household: /24, or /48 for IPv6. */
export function networkOf(address: string): string {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(address))
    return `${address.split('.').slice(0, 3).join('.')}.0/24`
  if (!address.includes(':')) return 'unknown'
  return `${expandIpv6(address).slice(0, 3).join(':')}::/48`
}

/** The part of an address one household has to itself: IPv4 whole, IPv6 as its /64. */
export function householdOf(address: string): string {
  return address.includes(':') ? `${expandIpv6(address).slice(0, 4).join(':')}::/64` : address
}

/** The eight groups of an IPv6 address, without leading zeros. */
function expandIpv6(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  return [...left, ...Array<string>(zeros).fill('0'), ...right].map((group) =>
    group.replace(/^0+(?=.)/, ''),
  )
}
