import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { idSchema } from './ids.ts'
import { listOf, listQuery } from './lists.ts'
import { Message } from './message.ts'
import { Quota } from './quotas.ts'
import { Reasoning, ReasoningPatch } from './reasoning.ts'

export const titleLengthMax = 200

const ToolChoice = z.object({ webSearch: z.nullable(z.boolean()) })

export const Conversation = z.object({
  id: idSchema('conversation'),
  title: z.nullable(z.string()),
  titleSource: z.enum(['derived', 'model', 'user']),
  modelId: z.nullable(idSchema('model')),
  systemPrompt: z.nullable(z.string()),
  reasoning: Reasoning,
  tools: ToolChoice,
  pinnedAt: z.nullable(z.int()),
  activeLeafId: z.nullable(idSchema('message')),
  messageCount: z.int(),
  usage: z.object({ inputTokens: z.int(), outputTokens: z.int() }),
  running: z.array(idSchema('message')),
  createdAt: z.int(),
  activeAt: z.int(),
  expiresAt: z.nullable(z.int()),
  revision: z.int(),
})
export type Conversation = z.infer<typeof Conversation>

// Joiners and direction marks belong to some scripts; control characters and halves of pairs to none.
const Title = z
  .string()
  .check(
    z.trim(),
    z.minLength(1),
    z.maxLength(titleLengthMax),
    z.regex(/^[^\p{Cc}\p{Cs}]*$/u, 'No control characters.'),
  )

/** `null` clears a field, an absent one is unchanged. The prompt's length is a setting. */
const conversationFields = {
  title: z.nullable(Title),
  modelId: z.nullable(idSchema('model')),
  systemPrompt: z.nullable(z.string().check(z.maxLength(100_000))),
  reasoning: ReasoningPatch,
  tools: z.partial(z.strictObject(ToolChoice.shape)),
}

export const ConversationPatch = z.partial(
  z.strictObject({
    ...conversationFields,
    pinned: z.boolean(),
    activeLeafId: idSchema('message'),
  }),
)
export type ConversationPatch = z.infer<typeof ConversationPatch>

const base = { audience: 'actor', capability: 'chat' } as const

export const listConversations = endpoint({
  ...base,
  method: 'GET',
  path: '/api/conversations',
  query: z.object(listQuery),
  reply: listOf(Conversation),
})

export const createConversation = endpoint({
  ...base,
  method: 'POST',
  path: '/api/conversations',
  body: z.extend(z.partial(z.strictObject(conversationFields)), {
    id: idSchema('conversation'),
  }),
  reply: Conversation,
  status: 201,
})

export const getConversation = endpoint({
  ...base,
  method: 'GET',
  path: '/api/conversations/:id',
  reply: Conversation,
})

export const updateConversation = endpoint({
  ...base,
  method: 'PATCH',
  path: '/api/conversations/:id',
  body: ConversationPatch,
  reply: Conversation,
})

export const deleteConversation = endpoint({
  ...base,
  method: 'DELETE',
  path: '/api/conversations/:id',
})

export const deleteConversations = endpoint({
  ...base,
  method: 'POST',
  path: '/api/conversations/delete',
  body: z.union([
    z.strictObject({ ids: z.array(idSchema('conversation')).check(z.maxLength(100)) }),
    z.strictObject({ all: z.literal(true) }),
  ]),
  reply: z.object({ deleted: z.int() }),
})

export const MessagePage = z.object({
  /** Oldest first. */
  items: z.array(Message),
  hasMore: z.boolean(),
  leafId: z.nullable(idSchema('message')),
})
export type MessagePage = z.infer<typeof MessagePage>

export const listMessages = endpoint({
  ...base,
  method: 'GET',
  path: '/api/conversations/:id/messages',
  query: z.object({
    leaf: z.optional(idSchema('message')),
    before: z.optional(idSchema('message')),
    limit: listQuery.limit,
  }),
  reply: MessagePage,
})

export const retitleConversation = endpoint({
  ...base,
  method: 'POST',
  path: '/api/conversations/:id/title',
  reply: z.object({ title: z.nullable(z.string()) }),
})

export const getMessage = endpoint({
  ...base,
  method: 'GET',
  path: '/api/messages/:id',
  reply: Message,
})

export const deleteMessage = endpoint({ ...base, method: 'DELETE', path: '/api/messages/:id' })

export const RunningReply = z.object({
  replyId: idSchema('message'),
  conversationId: idSchema('conversation'),
  messageId: idSchema('message'),
})

/** What changed since a cursor; without one, where to begin. */
export const Changes = z.object({
  cursor: z.string(),
  conversations: z.array(Conversation),
  deleted: z.array(idSchema('conversation')),
  running: z.array(RunningReply),
  quota: z.nullable(Quota),
  settingsRevision: z.int(),
})
export type Changes = z.infer<typeof Changes>

/** 204 when nothing changed since `after`. */
export const listChanges = endpoint({
  ...base,
  method: 'GET',
  path: '/api/changes',
  query: z.object({ after: z.optional(z.string().check(z.maxLength(100))) }),
  reply: z.optional(Changes),
})
