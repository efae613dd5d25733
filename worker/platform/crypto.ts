import { Buffer } from 'node:buffer'
import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** scrypt's cost as Workers allow it (N·r·p ≤ 2^20) and OWASP asks for it; about 0.2 s. */
const cost = { N: 16_384, r: 8, p: 5 }
const hashBytes = 32

function derive(password: string, salt: Uint8Array, { N, r, p }: typeof cost): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 64 * 1024 * 1024 }
    scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, hash) =>
      error ? reject(error) : resolve(hash),
    )
  })
}

/** `scrypt$N$r$p$salt$hash`, the last two in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, toBase64(salt), toBase64(hash)].join('$')
}

/**
 * Whether `password` is the one behind `stored`, by the parameters stored with it. Without a stored
 * hash it takes as long and answers no, so that an unknown username cannot be told by the clock.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [kind, N, r, p, salt, hash] = (stored ?? '').split('$')
  if (kind !== 'scrypt' || !salt || !hash) {
    await derive(password, new Uint8Array(16), cost)
    return false
  }
  const parameters = { N: Number(N), r: Number(r), p: Number(p) }
  const derived = await derive(password, fromBase64(salt), parameters)
  return derived.length === fromBase64(hash).length && timingSafeEqual(derived, fromBase64(hash))
}

/** Whether a stored hash was made with other parameters than today's. */
export function isOutdatedHash(stored: string): boolean {
  return !stored.startsWith(`scrypt$${cost.N}$${cost.r}$${cost.p}$`)
}

/**
 * Seals `plain` under a 32-byte base64 key with AES-GCM. `context` is bound in: sealed for one
 * connection, it does not open for another.
 */
export async function seal(plain: string, key: string, context: string): Promise<string> {
  const iv = randomBytes(12)
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: utf8(context) },
    await importKey(key),
    utf8(plain),
  )
  return `v1.${toBase64(iv)}.${toBase64(new Uint8Array(sealed))}`
}

/** What `seal` sealed under one of `keys`, or null when none of them opens it. */
export async function unseal(
  sealed: string,
  keys: readonly (string | null)[],
  context: string,
): Promise<string | null> {
  const [version, iv, data] = sealed.split('.')
  if (version !== 'v1' || !iv || !data) return null
  for (const key of keys) {
    if (key === null) continue
    try {
      const plain = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: fromBase64(iv), additionalData: utf8(context) },
        await importKey(key),
        fromBase64(data),
      )
      return new TextDecoder().decode(plain)
    } catch {
      // Another key may fit; a wrong one cannot be told from a damaged value.
    }
  }
  return null
}

function importKey(key: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromBase64(key), 'AES-GCM', false, ['encrypt', 'decrypt'])
}

export function sha256(text: string): Promise<string> {
  return sha256OfBytes(utf8(text))
}

export async function sha256OfBytes(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A keyed hash in hex, for values that are counted by but must not be readable. */
export function keyedHash(text: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(text).digest('hex')
}

/** Compares without telling by the clock where two secrets differ. */
export function isSameSecret(a: string, b: string): boolean {
  const key = randomBytes(16)
  const hash = (text: string) => createHmac('sha256', key).update(text).digest()
  return timingSafeEqual(hash(a), hash(b))
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
