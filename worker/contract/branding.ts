import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'

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
