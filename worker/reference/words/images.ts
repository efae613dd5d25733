import type { ProblemCode } from '../../contract/problems.ts'
import { imageTypes } from '../../contract/image-limits.ts'
import type { Section, Words } from './words.ts'

/** What is refused of a file that is to be an image. */
export const imageFile = [
  'attachment_type',
  'attachment_dimensions',
] as const satisfies ProblemCode[]

/** An image that a reader may have already. */
export const imageReply = {
  mediaTypes: imageTypes,
  headers: { 'If-None-Match': 'The ETag of what the reader has.' },
  also: { 304: 'The reader has it already.' },
} satisfies Partial<Words>

export const images: Section = {
  name: 'Images',
  description: 'What is attached to messages.',
  endpoints: {
    'POST /api/attachments': {
      summary: 'Upload an image, to be sent with a message.',
      description: 'PNG, JPEG, WebP or GIF, told by its bytes and not by its declared type.',
      refuses: imageFile,
    },
    'GET /api/attachments/:id': {
      summary: 'Read an image.',
      description:
        'The address of an image in a message is signed and needs no session; without the signature the image is for its owner.',
      refuses: ['not_signed_in', 'session_ended', 'guests_disabled'],
      ...imageReply,
    },
    'DELETE /api/attachments/:id': {
      summary: 'Delete an image that no message uses.',
      refuses: ['conflict'],
    },
    'POST /api/attachments/refresh': {
      summary: 'Show how addresses of images are made now, with a few of the newest.',
    },
  },
}
