import * as z from 'zod/mini'
import { ImageType } from '../contract/attachments.ts'
import { BrandImage, brandImageKey, readBrandImage } from '../contract/branding.ts'
import { urlOf } from '../contract/endpoint.ts'

/** What is known of an image of the brand; its bytes are kept under their hash. */
const StoredBrandImage = z.object({ sha256: z.string(), mediaType: ImageType })
export type StoredBrandImage = z.infer<typeof StoredBrandImage>

const keys: readonly string[] = BrandImage.options.map(brandImageKey)

/** Images are stored among the settings, as their history and their way to the page are the same. */
export function isBrandImageKey(key: string): boolean {
  return keys.includes(key)
}

export function parseBrandImage(value: unknown): StoredBrandImage | undefined {
  return StoredBrandImage.safeParse(value).data
}

/** The image in force, or undefined where the built-in one is. */
export function brandImageOf(
  overrides: Readonly<Record<string, unknown>>,
  image: BrandImage,
): StoredBrandImage | undefined {
  return parseBrandImage(overrides[brandImageKey(image)])
}

/** Another image has another address, so that browsers may keep each for ever. */
export function brandImageUrl(
  overrides: Readonly<Record<string, unknown>>,
  image: BrandImage,
): string | null {
  const stored = brandImageOf(overrides, image)
  if (stored === undefined) return null
  return urlOf(readBrandImage.path, { image }, { v: versionOf(stored) })
}

export function versionOf({ sha256 }: StoredBrandImage): string {
  return sha256.slice(0, 12)
}
