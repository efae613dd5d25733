import * as z from 'zod/mini'

// The one global the contract uses: browsers and Workers both have it, and no `lib` covers just it.
declare const crypto: { getRandomValues(array: Uint8Array): Uint8Array }

/** What the ids of each kind begin with. */
export const prefixes = {
  user: 'usr',
  guest: 'gst',
  session: 'ses',
  conversation: 'cnv',
  message: 'msg',
  connection: 'con',
  model: 'mdl',
  attachment: 'att',
  share: 'shr',
  key: 'key',
  trace: 'trc',
  audit: 'aud',
  request: 'req',
  response: 'rsp',
} as const

export type Kind = keyof typeof prefixes

/** An id says what it names (`msg_0mi…`), so a swapped argument is a type error, not a 404. */
export type Id<K extends Kind> = `${(typeof prefixes)[K]}_${string}`

const tailLength = 24

/** Refuses everything but this kind's prefix, an underscore and 24 characters `[0-9a-z]`. */
export function idSchema<K extends Kind>(kind: K) {
  return z.custom<Id<K>>((value) => isId(kind, value), `Not a ${kind} id.`)
}

export function isId<K extends Kind>(kind: K, value: unknown): value is Id<K> {
  return (
    typeof value === 'string' &&
    value.length === prefixes[kind].length + 1 + tailLength &&
    value.startsWith(`${prefixes[kind]}_`) &&
    /^[0-9a-z]+$/.test(value.slice(prefixes[kind].length + 1))
  )
}

/**
 * A new id. Its first 9 characters encode `now` in base 36, so ids sort by age and database
 * inserts stay at the tail; the other 15 are random (77 bits).
 */
export function newId<K extends Kind>(kind: K, now = Date.now()): Id<K> {
  const time = now.toString(36).padStart(9, '0')
  let random = ''
  while (random.length < 15) {
    // Bytes of 252 and more would make the digits 0-3 likelier than the rest.
    const bytes = crypto.getRandomValues(new Uint8Array(20)).filter((byte) => byte < 252)
    random += Array.from(bytes, (byte) => (byte % 36).toString(36)).join('')
  }
  return `${prefixes[kind]}_${time}${random.slice(0, 15)}`
}

/** When an id was minted; nonsense for the kinds that are derived. */
export function mintedAt(id: Id<Kind>): number {
  return Number.parseInt(id.slice(4, 13), 36)
}

/** An id whose 24 characters are `tail`, for the kinds that are derived instead of minted. */
export function idFrom<K extends Kind>(kind: K, tail: string): Id<K> {
  return `${prefixes[kind]}_${tail.slice(0, tailLength).padEnd(tailLength, '0')}`
}
