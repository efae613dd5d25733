import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { idSchema } from './ids.ts'
import { imageTypes } from './image-limits.ts'

export const ImageType = z.enum(imageTypes)
export type ImageType = z.infer<typeof ImageType>

export const Attachment = z.object({
  id: idSchema('attachment'),
  mediaType: ImageType,
  bytes: z.int(),
  width: z.int(),
  height: z.int(),
  name: z.string(),
  /** Where it is read; a path of this host unless images have a host of their own. */
  url: z.string(),
  createdAt: z.int(),
})
export type Attachment = z.infer<typeof Attachment>

const mine = { audience: 'actor', capability: 'chat' } as const

/** The form field `file` holds the image; its name is kept, its declared type is not believed. */
export const uploadAttachment = endpoint({
  ...mine,
  method: 'POST',
  path: '/api/attachments',
  form: true,
  reply: Attachment,
  status: 201,
})
export const readAttachment = endpoint({
  method: 'GET',
  path: '/api/attachments/:id',
  // Whoever has the signature of an address needs no session.
  audience: 'public',
  query: z.object({ exp: z.optional(z.string()), sig: z.optional(z.string()) }),
})
/** Refuses `conflict` while a message uses it. */
export const deleteAttachment = endpoint({
  ...mine,
  method: 'DELETE',
  path: '/api/attachments/:id',
})

/** The base of image addresses in force, how many there are and the newest of them. */
export const ImageLinks = z.object({
  baseUrl: z.string(),
  count: z.int(),
  samples: z.array(z.string()),
})
export type ImageLinks = z.infer<typeof ImageLinks>

export const refreshImageLinks = endpoint({
  method: 'POST',
  path: '/api/attachments/refresh',
  audience: 'user',
  capability: 'manageSettings',
  reply: ImageLinks,
})
