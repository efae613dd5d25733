import * as z from 'zod/mini'
import { Conversation } from './conversations.ts'
import { Message } from './message.ts'
import { StoredPart } from './parts.ts'

export const exportFormat = 'aichat-1'

const ExportedMessage = z.extend(
  z.pick(Message, {
    id: true,
    parentId: true,
    role: true,
    state: true,
    model: true,
    usage: true,
    metrics: true,
    continuedFrom: true,
    supersededBy: true,
    createdAt: true,
    updatedAt: true,
  }),
  { parts: z.array(StoredPart) },
)
export type ExportedMessage = z.infer<typeof ExportedMessage>

/** A conversation with its whole tree: every branch, by the parent each message names. */
const ExportedConversation = z.extend(
  z.pick(Conversation, {
    id: true,
    title: true,
    titleSource: true,
    modelId: true,
    systemPrompt: true,
    reasoning: true,
    tools: true,
    pinnedAt: true,
    activeLeafId: true,
    usage: true,
    createdAt: true,
    activeAt: true,
  }),
  { messages: z.array(ExportedMessage) },
)
export type ExportedConversation = z.infer<typeof ExportedConversation>

/** What `GET /api/export` answers: enough to make the same conversations again, ids included. */
export const ExportFile = z.object({
  format: z.literal(exportFormat),
  exportedAt: z.int(),
  conversations: z.array(ExportedConversation),
})
