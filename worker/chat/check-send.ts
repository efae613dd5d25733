import type { AttachmentRow } from '../attachments/attachments.ts'
import type { Generate } from '../contract/chat.ts'
import type { Id } from '../contract/ids.ts'
import { imageLimits } from '../contract/image-limits.ts'
import { isContinuable, isRunning, type Message } from '../contract/message.ts'
import type { Part } from '../contract/parts.ts'
import type { Settings } from '../contract/settings-registry.ts'
import { Fault } from '../platform/fault.ts'
import type { SendFacts } from './send-facts.ts'

export interface CheckedSend {
  /** The user message to be answered. */
  messageId: Id<'message'>
  /** Ending with the message to answer or the reply to go on with. */
  thread: Message[]
  /** Whether it takes a unit of the quota. */
  costs: boolean
}

/**
 * Whether a request may be run, by what is already known and before anything is written. Refuses
 * with the first reason in the order the product lists them.
 */
export function checkSend(
  body: Generate,
  facts: SendFacts,
  ownerId: string,
  settings: Settings,
  now: number,
): CheckedSend {
  if (facts.conversation && facts.conversation.ownerId !== ownerId) throw new Fault('not_found')
  const target = facts.thread.at(-1)
  switch (body.mode) {
    case 'send': {
      if (facts.isIdTaken) throw new Fault('id_conflict')
      if (!facts.conversation && body.parentId !== null) throw new Fault('not_found')
      if (body.parentId !== null) requireAnswerable(target)
      checkContent(body.content, body.attachments.length, settings)
      return {
        messageId: body.messageId,
        thread: [
          ...facts.thread,
          userMessage(body, checkAttachments(body.attachments, facts.attachments), now),
        ],
        costs: true,
      }
    }
    case 'regenerate':
      if (facts.isIdTaken) throw new Fault('id_conflict')
      if (!facts.conversation) throw new Fault('not_found')
      if (target?.role !== 'user') throw new Fault('parent_not_found')
      return { messageId: target.id, thread: facts.thread, costs: true }
    case 'continue':
      if (facts.isIdTaken) throw new Fault('id_conflict')
      if (!facts.conversation) throw new Fault('not_found')
      if (target?.role !== 'assistant' || target.parentId === null)
        throw new Fault('parent_not_found')
      if (target.supersededBy !== null || !isContinuable(target)) {
        throw new Fault('conflict', { state: target.state.type })
      }
      return {
        messageId: target.parentId,
        thread: facts.thread,
        costs: target.state.type !== 'interrupted',
      }
    default:
      return body satisfies never
  }
}

function requireAnswerable(parent: Message | undefined): void {
  if (parent === undefined) throw new Fault('parent_not_found')
  if (isRunning(parent.state)) throw new Fault('conflict', { state: parent.state.type })
}

function checkContent(content: string, attachments: number, settings: Settings): void {
  if (content.trim() === '' && attachments === 0) throw new Fault('message_empty')
  const charactersMax = settings['chat.messageLengthMax']
  // Code points are at least half the length, so most texts need not be counted.
  if (content.length > charactersMax && Array.from(content).length > charactersMax) {
    throw new Fault('message_too_long', { charactersMax })
  }
}

/** The images of a message in the order they were named, each once. */
function checkAttachments(
  ids: readonly Id<'attachment'>[],
  found: readonly AttachmentRow[],
): AttachmentRow[] {
  const { perMessage, messageBytesMax } = imageLimits
  if (ids.length > perMessage) throw new Fault('attachment_count', { max: perMessage })
  const rows = Array.from(new Set(ids), (id) => found.find((row) => row.id === id))
  if (!rows.every((row) => row !== undefined)) throw new Fault('not_found')
  if (rows.reduce((total, { bytes }) => total + bytes, 0) > messageBytesMax) {
    throw new Fault('attachment_too_large', { bytesMax: messageBytesMax })
  }
  return rows
}

function partsOf(text: string, attachments: readonly AttachmentRow[]): Part[] {
  return [
    ...(text.trim() === '' ? [] : [{ type: 'text' as const, text }]),
    ...attachments.map(({ id, mediaType, bytes, width, height, name }) => ({
      type: 'attachment' as const,
      attachmentId: id,
      mediaType,
      bytes,
      width,
      height,
      name,
      url: '',
    })),
  ]
}

function userMessage(
  body: Extract<Generate, { mode: 'send' }>,
  attachments: readonly AttachmentRow[],
  now: number,
): Message {
  return {
    id: body.messageId,
    conversationId: body.conversationId,
    parentId: body.parentId,
    role: 'user',
    parts: partsOf(body.content, attachments),
    state: { type: 'complete', reason: 'stop', raw: null },
    model: null,
    usage: null,
    metrics: null,
    siblings: { index: 0, count: 1, ids: [body.messageId] },
    continuedFrom: null,
    supersededBy: null,
    trace: null,
    createdAt: now,
    updatedAt: now,
  }
}
