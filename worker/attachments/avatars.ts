import type { Id } from '../contract/ids.ts'
import { imageLimits } from '../contract/image-limits.ts'
import { forgetSession } from '../accounts/session-cache.ts'
import { findUser, updateUser } from '../accounts/users.ts'
import { sha256OfBytes } from '../platform/crypto.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { checkImage } from './check-image.ts'
import { serveImage } from './serve-image.ts'

/** One blob an account, so that a new picture leaves none behind. */
function keyOf(id: Id<'user'>): string {
  return `avatars/${id}`
}

/**
 * Stores the picture of an account and answers its hash. Refuses what `checkImage` refuses, and
 * `attachment_type` for a gif: a picture that moves beside every message is no use.
 */
export async function storeAvatar(env: Bindings, id: Id<'user'>, file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const { mediaType } = checkImage(bytes, imageLimits.portraitBytesMax)
  if (mediaType === 'image/gif') throw new Fault('attachment_type')
  const avatar = await sha256OfBytes(bytes)
  await env.FILES.put(keyOf(id), bytes, { httpMetadata: { contentType: mediaType } })
  await updateUser(env, id, { avatar })
  forgetSession()
  return avatar
}

export async function deleteAvatar(env: Bindings, id: Id<'user'>): Promise<void> {
  await updateUser(env, id, { avatar: null })
  forgetSession()
  await deleteAvatarBlob(env, id)
}

/** The picture alone, for an account that is gone. */
export async function deleteAvatarBlob(env: Bindings, id: Id<'user'>): Promise<void> {
  await env.FILES.delete(keyOf(id))
}

/** The picture of an account; an address that names no version is asked about every time. */
export async function readAvatar(
  env: Bindings,
  id: Id<'user'>,
  { ifNoneMatch, isVersioned }: { ifNoneMatch: string | undefined; isVersioned: boolean },
): Promise<Response> {
  const user = await findUser(env, id)
  if (user?.avatar == null) throw new Fault('not_found')
  const image = { key: keyOf(id), sha256: user.avatar, mediaType: null, name: 'avatar' }
  return serveImage(env, image, ifNoneMatch, isVersioned ? undefined : 'private, no-cache')
}
