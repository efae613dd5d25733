import * as z from 'zod/mini'
import { ExportFile } from '../../contract/export-file.ts'
import { GenerationEvent, Keepalive } from '../../contract/generation-events.ts'
import type { Section, Words } from './words.ts'

/** The log of a generation, as it goes over the wire. */
const events = {
  stream: z.union([GenerationEvent, Keepalive]),
  headers: { 'Last-Event-ID': 'The last event the reader has; what follows is sent.' },
} satisfies Partial<Words>

const model = ['model_not_found', 'model_denied', 'model_unsuitable'] as const

export const chat: Section = {
  name: 'Chat',
  description:
    'An answer belongs to the server: it is written whether or not anybody reads along, and can be followed from any event on, by any number of readers, again and again.',
  endpoints: {
    'POST /api/chat/stream': {
      summary: 'Send a message, ask for another reply, or go on with one, and stream the answer.',
      description:
        'The caller mints the ids. `replyId` is the identity of the generation: the same request sent again attaches to it, writes nothing and costs nothing. Every event has a number, its SSE `id`, counted from 1; `keepalive` has none. Exactly one of `complete`, `cancelled` and `error` comes, and comes last. Refusals are told before the first event, what goes wrong later in an `error` event.',
      ...events,
      refuses: [
        'id_conflict',
        'conflict',
        'not_found',
        'parent_not_found',
        'message_empty',
        'message_too_long',
        'attachment_count',
        'attachment_too_large',
        ...model,
        'connection_unusable',
        'search_unconfigured',
        'context_too_long',
        'quota_exceeded',
        'token_budget_exceeded',
        'too_many_replies',
        'too_many_followers',
        'cursor_ahead',
      ],
    },
    'GET /api/chat/stream/:replyId': {
      summary: 'Follow an answer: what was written after a given event, then live.',
      description:
        'Long after an answer has ended, it is told by its last event alone, which holds the whole message.',
      ...events,
      query: { after: 'The number of the last event the reader has, where there is no header.' },
      refuses: ['invalid_request', 'cursor_ahead', 'too_many_followers'],
    },
    'POST /api/chat/stream/:replyId/cancel': {
      summary: 'Stop an answer, from anywhere; what was written of it stays.',
      also: { 202: 'The reply is not known yet; should it be asked for soon, it is not begun.' },
    },
  },
}

export const conversations: Section = {
  name: 'Conversations',
  description:
    'A conversation is a tree: an edited message and another reply are siblings of the first, and nothing is lost.',
  endpoints: {
    'GET /api/conversations': {
      summary: 'List one’s own conversations: pinned ones first, then by their last activity.',
    },
    'POST /api/conversations': {
      summary: 'Make a conversation.',
      description: 'There is no need to: sending to a new id makes one too.',
      refuses: ['id_conflict', ...model],
    },
    'GET /api/conversations/:id': { summary: 'Read a conversation, without its messages.' },
    'PATCH /api/conversations/:id': {
      summary: 'Change a conversation’s title, pin, model, instructions or selected branch.',
      headers: { 'If-Match': 'The revision the change is meant for.' },
      refuses: [...model, 'parent_not_found', 'revision_conflict'],
    },
    'DELETE /api/conversations/:id': {
      summary: 'Delete a conversation; replies still running in it are stopped.',
    },
    'POST /api/conversations/delete': {
      summary: 'Delete several of one’s own conversations, or all of them.',
    },
    'GET /api/conversations/:id/messages': {
      summary: 'Read the messages of one branch, the newest page first.',
      description: 'Each page is ordered oldest first; `before` leads to the page above.',
      refuses: ['parent_not_found'],
    },
    'POST /api/conversations/:id/title': { summary: 'Make the title of a conversation anew.' },
    'GET /api/messages/:id': { summary: 'Read a message.' },
    'DELETE /api/messages/:id': { summary: 'Delete a message with everything below it.' },
    'GET /api/changes': {
      summary: 'Say what has changed since a cursor, so that a page can stay in step.',
      description: 'Without `after` it answers where to begin.',
      also: { 204: 'Nothing has changed.' },
    },
    'GET /api/export': {
      summary: 'Download every conversation of one’s own, whole, as one file.',
      reply: ExportFile,
    },
  },
}
