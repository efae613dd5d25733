import * as z from 'zod/mini'
import type { KeyScope } from '../../contract/api-keys.ts'
import type { ProblemCode } from '../../contract/problems.ts'
import { ChatBody } from '../../openai-api/chat-completions/chat-body.ts'
import { EmbeddingsBody } from '../../openai-api/embeddings/embeddings-answer.ts'
import { ResponsesBody } from '../../openai-api/responses/responses-body.ts'
import {
  ChatCompletion,
  ChatCompletionChunk,
  DeletedResponse,
  EmbeddingList,
  OpenAiModel,
  OpenAiModelList,
  ResponseItemList,
  ResponseObject,
  ResponseStreamEvent,
} from '../v1-replies.ts'
import type { Words } from './words.ts'

/** A route under /v1, which has no value in the contract: its form is that of another API. */
export interface V1Words extends Omit<Words, 'query' | 'also' | 'mediaTypes'> {
  operationId: string
  /** What a key must be for. */
  scope: KeyScope
  reply: z.ZodMiniType
  query?: z.ZodMiniObject
}

const model = ['model_not_found'] as const
const provider = [
  'content_blocked',
  'model_unsuitable',
  'provider_auth',
  'provider_rate_limited',
  'provider_quota',
  'provider_refused',
  'provider_unavailable',
  'provider_timeout',
  'provider_stalled',
  'provider_bad_reply',
  'empty_reply',
  'interrupted',
  'connection_unusable',
] as const
/** What a call that asks a model may be refused with. */
const call = [
  ...model,
  ...provider,
  'context_too_long',
  'quota_exceeded',
  'token_budget_exceeded',
  'id_conflict',
] as const satisfies ProblemCode[]

const tokens = z.array(z.int())

export const v1Section = {
  name: 'OpenAI-compatible API',
  description:
    'What the clients of OpenAI ask for, for every model of every connection. A request to a provider of the same dialect goes through as it came, fields that are not listed here included; for other providers it is translated both ways, and a field that has no counterpart is refused where it would change the meaning.',
}

/** By `METHOD path`, as the routes are registered under /v1. */
export const v1Words: Record<string, V1Words> = {
  'GET /models': {
    operationId: 'v1ListModels',
    scope: 'models',
    summary: 'List the models that the key’s owner may use and the key allows.',
    reply: OpenAiModelList,
  },
  'GET /models/*': {
    operationId: 'v1GetModel',
    scope: 'models',
    summary: 'Read a model.',
    description: 'The slashes in its name may come encoded or as they are.',
    reply: OpenAiModel,
    refuses: model,
  },
  'POST /chat/completions': {
    operationId: 'v1CreateChatCompletion',
    scope: 'chat',
    summary: 'Answer a conversation, whole or as a stream.',
    description:
      'With `stream` the reply is a stream of chunks that ends with `data: [DONE]`. A fault in mid-stream is one `data` with an `error`, and no `[DONE]`.',
    body: ChatBody,
    reply: ChatCompletion,
    stream: ChatCompletionChunk,
    refuses: call,
  },
  'POST /embeddings': {
    operationId: 'v1CreateEmbeddings',
    scope: 'embeddings',
    summary: 'Turn texts into vectors.',
    description: 'Tokens instead of texts are for providers of this dialect.',
    body: z.extend(EmbeddingsBody, {
      input: z.union([EmbeddingsBody.shape.input, tokens, z.array(tokens)]),
    }),
    reply: EmbeddingList,
    refuses: call,
  },
  'POST /responses': {
    operationId: 'v1CreateResponse',
    scope: 'responses',
    summary: 'Create a response: whole, as a stream, or in the background.',
    description:
      'With `background` it is answered `queued` at once, runs to its end whoever reads along, and can be followed, left, resumed and cancelled. Stored responses are kept for the hours that the installation sets.',
    body: ResponsesBody,
    reply: ResponseObject,
    stream: ResponseStreamEvent,
    refuses: call,
  },
  'GET /responses/:id': {
    operationId: 'v1GetResponse',
    scope: 'responses',
    summary: 'Read a stored response, or follow it from any of its events on.',
    query: z.object({
      stream: z.optional(z.boolean()),
      /** The number of the last event the reader has. */
      starting_after: z.optional(z.int().check(z.gte(0))),
    }),
    reply: ResponseObject,
    stream: ResponseStreamEvent,
  },
  'DELETE /responses/:id': {
    operationId: 'v1DeleteResponse',
    scope: 'responses',
    summary: 'Delete a stored response, which ends it where it is still under way.',
    reply: DeletedResponse,
  },
  'POST /responses/:id/cancel': {
    operationId: 'v1CancelResponse',
    scope: 'responses',
    summary: 'Cancel a response that runs in the background; a second time changes nothing.',
    reply: ResponseObject,
  },
  'GET /responses/:id/input_items': {
    operationId: 'v1ListInputItems',
    scope: 'responses',
    summary: 'List what a response was made from, the newest first unless asked otherwise.',
    query: z.object({
      limit: z.optional(z.int().check(z.gte(1), z.lte(100))),
      order: z.optional(z.enum(['asc', 'desc'])),
      after: z.optional(z.string()),
    }),
    reply: ResponseItemList,
  },
}
