import type { MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { newId } from '../contract/ids.ts'
import { Fault } from '../platform/fault.ts'
import { newRoutes, type AppContext, type AppEnv } from '../platform/serve.ts'
import { loadSettings } from '../settings/settings.ts'
import { admitKey } from './admit-key.ts'
import { chatCompletions } from './chat-completions/chat-completions.ts'
import { embeddings } from './embeddings/embeddings.ts'
import { listModels, readModel } from './list-models.ts'
import { toOpenAiError } from './openai-error.ts'
import { createResponse } from './responses/create-response.ts'
import {
  cancelResponse,
  deleteResponse,
  listInputItems,
  readResponse,
} from './responses/stored-routes.ts'

/** Whatever the official clients ask for, under `/v1`. Takes keys and no cookie. */
export const openAiApi = newRoutes()

const exposed = [
  'x-request-id',
  'retry-after',
  'x-ratelimit-limit-requests',
  'x-ratelimit-remaining-requests',
  'x-ratelimit-reset-requests',
  'x-ratelimit-limit-tokens',
  'x-ratelimit-remaining-tokens',
].join(', ')

/** Answers the origins that are set. No cookie is read here, so any may be. */
const answerOrigins: MiddlewareHandler<AppEnv> = async (context, next) => {
  const origin = context.req.header('origin')
  const { values } = await loadSettings(context.env)
  const origins = values['api.corsOrigins']
  if (origin && (origins === '*' || origins.includes(origin))) {
    context.header('Access-Control-Allow-Origin', origins === '*' ? '*' : origin)
    context.header('Access-Control-Expose-Headers', exposed)
    if (origins !== '*') context.header('Vary', 'Origin', { append: true })
    if (context.req.method === 'OPTIONS') {
      context.header('Access-Control-Allow-Methods', 'GET, POST, DELETE')
      const asked = context.req.header('access-control-request-headers')
      context.header('Access-Control-Allow-Headers', asked ?? 'Authorization, Content-Type')
      context.header('Access-Control-Max-Age', '600')
    }
  }
  if (context.req.method === 'OPTIONS') return context.body(null, 204)
  return next()
}

openAiApi.use(answerOrigins)
openAiApi.use(admitKey)
openAiApi.get('/models', listModels)
openAiApi.get('/models/*', readModel)
openAiApi.post('/chat/completions', chatCompletions)
openAiApi.post('/embeddings', embeddings)
openAiApi.post('/responses', createResponse)
openAiApi.get('/responses/:id', readResponse)
openAiApi.delete('/responses/:id', deleteResponse)
openAiApi.post('/responses/:id/cancel', cancelResponse)
openAiApi.get('/responses/:id/input_items', listInputItems)
/** Every path there is: a wrong method is told from a wrong address. */
const paths = new Set(openAiApi.routes.map(({ path }) => path).filter((path) => path !== '/*'))
for (const path of paths) {
  openAiApi.all(path, () => {
    throw new Fault('method_not_allowed')
  })
}
openAiApi.all('*', () => {
  throw new Fault('not_found')
})

/** For a provider that limits its callers and does not say for how long. */
const waitUntoldMs = 5_000

openAiApi.onError((error, context: AppContext) => {
  const requestId = context.get('requestId') ?? newId('request')
  const fault = error instanceof Fault ? error : new Fault('internal', {}, { cause: error })
  if (fault !== error) {
    const { message, stack } = error
    console.error(JSON.stringify({ level: 'error', requestId, message, stack }))
  }
  const { status, body } = toOpenAiError(fault, requestId)
  const wait = fault.members['retryAfterMs'] ?? (status === 429 ? waitUntoldMs : null)
  if (typeof wait === 'number') context.header('Retry-After', String(Math.ceil(wait / 1_000)))
  return context.json(body, status as ContentfulStatusCode)
})
