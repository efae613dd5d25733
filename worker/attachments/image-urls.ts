import { readAttachment } from '../contract/attachments.ts'
import { urlOf } from '../contract/endpoint.ts'
import type { Id } from '../contract/ids.ts'
import type { Settings } from '../contract/settings-registry.ts'
import { isSameSecret, keyedHash } from '../platform/crypto.ts'
import { deploymentOf, type Bindings } from '../platform/env.ts'

const signedForMs = 86_400_000
/** Addresses made in the same hour are the same, so that a browser need not load an image again. */
const roundedToMs = 3_600_000

/** Where an image is read; made whenever a reply is, never stored. */
export type ImageUrl = (id: Id<'attachment'>) => string

/** For messages that nobody is shown. */
export const noUrl: ImageUrl = () => ''

/** What stands before the path of an image: '' when it is read where the reply comes from. */
export function imageBase(settings: Settings): string {
  return settings['images.baseUrl'] || settings['site.baseUrl']
}

/**
 * Makes image addresses for a request to `requestUrl`. On another host than the product's, where no
 * cookie goes, they are signed and hold for a day.
 */
export function imageUrls(
  env: Bindings,
  settings: Settings,
  requestUrl: string,
  now: number,
): ImageUrl {
  const base = imageBase(settings)
  if (base === '') return (id) => urlOf(readAttachment.path, { id })
  const own = settings['site.baseUrl'] || requestUrl
  if (new URL(base).host === new URL(own).host) {
    return (id) => base + urlOf(readAttachment.path, { id })
  }
  const exp = String(Math.floor(now / roundedToMs) * roundedToMs + signedForMs)
  return (id) => {
    return base + urlOf(readAttachment.path, { id }, { exp, sig: signatureOf(env, id, exp) })
  }
}

/** Whether an address was signed here for this image and still holds. */
export function isSigned(
  env: Bindings,
  id: Id<'attachment'>,
  { exp, sig }: { exp?: string | undefined; sig?: string | undefined },
  now: number,
): boolean {
  if (!exp || !sig || !/^\d{1,15}$/.test(exp) || Number(exp) < now) return false
  return isSameSecret(sig, signatureOf(env, id, exp))
}

function signatureOf(env: Bindings, id: Id<'attachment'>, exp: string): string {
  // A key of its own: what is signed here must never pass for anything else.
  const key = keyedHash('image addresses', deploymentOf(env).jwtSecret)
  return keyedHash(`${id}.${exp}`, new TextEncoder().encode(key))
}
