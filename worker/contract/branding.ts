import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { imageLimits } from './image-limits.ts'

/** What a page needs before anybody has signed in. */
export const Branding = z.object({
  name: z.string(),
  welcome: z.string(),
  disclaimer: z.string(),
  logoUrl: z.nullable(z.string()),
  faviconUrl: z.nullable(z.string()),
  assistantAvatarUrl: z.nullable(z.string()),
  theme: z.enum(['system', 'light', 'dark']),
  accentColor: z.string(),
  language: z.enum(['auto', 'zh-CN', 'en']),
  registration: z.enum(['open', 'approval', 'closed']),
  guests: z.boolean(),
  /** True while there is no account: the next sign-up becomes the administrator. */
  setup: z.optional(z.boolean()),
  revision: z.int(),
})
export type Branding = z.infer<typeof Branding>

export const getBranding = endpoint({
  method: 'GET',
  path: '/api/settings/branding',
  audience: 'public',
  reply: Branding,
})

export const BrandImage = z.enum(['logo', 'favicon', 'assistant-avatar'])
export type BrandImage = z.infer<typeof BrandImage>

/** What a change of an image is called in the history of settings. */
export function brandImageKey(image: BrandImage): `brand.image.${BrandImage}` {
  return `brand.image.${image}`
}

const path = '/api/settings/branding/:image'
export const setBrandImage = endpoint({
  method: 'PUT',
  path,
  audience: 'user',
  capability: 'manageSettings',
  form: true,
  bytesMax: imageLimits.portraitBytesMax,
  reply: Branding,
})
export const deleteBrandImage = endpoint({
  method: 'DELETE',
  path,
  audience: 'user',
  capability: 'manageSettings',
  reply: Branding,
})
export const readBrandImage = endpoint({
  method: 'GET',
  path,
  audience: 'public',
  query: z.object({ v: z.optional(z.string()) }),
})
