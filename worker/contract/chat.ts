import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { idSchema } from './ids.ts'
import { Effort, Think } from './reasoning.ts'

const HeaderLine = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(64), z.regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/)),
  value: z.string().check(z.maxLength(2048), z.regex(/^[\t\x20-\x7e\x80-\xff]*$/)),
})

export const CustomRequest = z.strictObject({
  headers: z.optional(z.array(HeaderLine).check(z.maxLength(10))),
  body: z.optional(
    z
      .record(z.string(), z.unknown())
      .check(z.refine((body) => JSON.stringify(body).length <= 16_384, 'At most 16 KB of JSON.')),
  ),
})
export type CustomRequest = z.infer<typeof CustomRequest>

const shared = {
  conversationId: idSchema('conversation'),
  /** The reply to be written; the identity of the generation. Minted by the client. */
  replyId: idSchema('message'),
  modelId: z.optional(idSchema('model')),
  reasoning: z.optional(
    z.partial(
      z.strictObject({
        enabled: z.nullable(z.boolean()),
        effort: z.nullable(Effort),
        think: z.nullable(Think),
        save: z.boolean(),
      }),
    ),
  ),
  tools: z.optional(
    z.partial(z.strictObject({ webSearch: z.boolean(), scope: z.string().check(z.maxLength(40)) })),
  ),
  /** False sends no history. */
  context: z._default(z.boolean(), true),
  custom: z.optional(CustomRequest),
  trace: z.optional(z.boolean()),
}

const Send = z.strictObject({
  ...shared,
  mode: z._default(z.literal('send'), 'send'),
  messageId: idSchema('message'),
  parentId: z.nullable(idSchema('message')),
  content: z.string(),
  attachments: z._default(
    // Longer than a message may have, so that the answer can be `attachment_count`, yet bounded.
    z.array(idSchema('attachment')).check(z.maxLength(100)),
    [],
  ),
})
const Regenerate = z.strictObject({
  ...shared,
  mode: z.literal('regenerate'),
  messageId: idSchema('message'),
})
const Continue = z.strictObject({
  ...shared,
  mode: z.literal('continue'),
  from: idSchema('message'),
})

/** What begins a generation: a new message, another reply to an old one, or a reply gone on with. */
export const Generate = z.discriminatedUnion('mode', [Send, Regenerate, Continue])
export type Generate = z.infer<typeof Generate>
export type GenerateInput = z.input<typeof Generate>

const base = { audience: 'actor', capability: 'chat' } as const

/** Answers with the log of the generation from its first event (SSE), or a problem before it. */
export const chatStream = endpoint({
  ...base,
  method: 'POST',
  path: '/api/chat/stream',
  body: z.pipe(
    // An absent mode is `send`, which a discriminated union cannot say by itself.
    z.transform((body) =>
      typeof body === 'object' && body !== null && !('mode' in body)
        ? { ...body, mode: 'send' }
        : body,
    ),
    Generate,
  ),
})

/** The same log after `Last-Event-ID` or `after`, then live, closed after the terminal event. */
export const followStream = endpoint({
  ...base,
  method: 'GET',
  path: '/api/chat/stream/:replyId',
})

export const cancelReply = endpoint({
  ...base,
  method: 'POST',
  path: '/api/chat/stream/:replyId/cancel',
  reply: z.object({
    replyId: idSchema('message'),
    state: z.enum([
      'pending',
      'running',
      'cancelling',
      'complete',
      'cancelled',
      'interrupted',
      'failed',
      /** Not yet known here: remembered for 60 s, should the send still arrive. */
      'unknown',
    ]),
  }),
})
