import {
  BrandImage,
  brandImageKey,
  deleteBrandImage,
  readBrandImage,
  setBrandImage,
} from '../contract/branding.ts'
import { imageLimits } from '../contract/image-limits.ts'
import { sha256OfBytes } from '../platform/crypto.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { newRoutes, serve, type AppContext } from '../platform/serve.ts'
import { brandImageOf, versionOf, type StoredBrandImage } from '../settings/brand-images.ts'
import { brandingOf } from '../settings/branding.ts'
import { changeSettings } from '../settings/change-settings.ts'
import { writerOf } from '../settings/routes.ts'
import { changesTo } from '../settings/setting-changes.ts'
import { loadSettings } from '../settings/settings.ts'
import type { SettingsWriter } from '../settings/stored-settings.ts'
import { checkImage } from './check-image.ts'
import { serveImage } from './serve-image.ts'

export const brandImages = newRoutes()

serve(brandImages, setBrandImage, async ({ params, file, user, context }) => {
  const image = brandImageIn(params.image)
  const stored = await storeBrandImage(context.env, await file())
  return change(context, user.id, image, stored)
})

serve(brandImages, deleteBrandImage, async ({ params, user, context }) =>
  change(context, user.id, brandImageIn(params.image), undefined),
)

serve(brandImages, readBrandImage, async ({ params, query, context }) => {
  const image = brandImageIn(params.image)
  const { overrides } = await loadSettings(context.env)
  const stored = brandImageOf(overrides, image)
  if (stored === undefined) throw new Fault('not_found')
  const isThisVersion = query.v === versionOf(stored)
  return serveImage(
    context.env,
    { key: keyOf(stored.sha256), ...stored, name: image },
    context.req.header('if-none-match'),
    isThisVersion ? 'public, max-age=31536000, immutable' : 'no-cache',
  )
})

/** By what they hold, and kept for ever: the history of settings leads back to every one of them. */
function keyOf(sha256: string): string {
  return `branding/${sha256}`
}

/** Refuses what `checkImage` refuses, and `attachment_type` for a gif. */
async function storeBrandImage(env: Bindings, file: File): Promise<StoredBrandImage> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const { mediaType } = checkImage(bytes, imageLimits.portraitBytesMax)
  if (mediaType === 'image/gif') throw new Fault('attachment_type')
  const sha256 = await sha256OfBytes(bytes)
  await env.FILES.put(keyOf(sha256), bytes, { httpMetadata: { contentType: mediaType } })
  return { sha256, mediaType }
}

/** Puts an image in force, or the built-in one, and answers the branding with it. */
async function change(
  context: AppContext,
  userId: SettingsWriter['id'],
  image: BrandImage,
  stored: StoredBrandImage | undefined,
) {
  const inForce = await changeSettings(
    context.env,
    ({ overrides }) => changesTo([[brandImageKey(image), stored]], overrides),
    { writer: writerOf(context, userId, 'setting.image'), now: Date.now() },
  )
  return brandingOf(context.env, inForce)
}

function brandImageIn(name: string): BrandImage {
  const parsed = BrandImage.safeParse(name)
  if (!parsed.success) throw new Fault('not_found')
  return parsed.data
}
