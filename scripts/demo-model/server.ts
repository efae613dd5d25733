import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Completion } from './completion.ts'
import type { ChatRequest } from './conversation.ts'
import type { Pace } from './pace.ts'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { asOneReply, choice, chunkOf, complete } from './completion.ts'
import { readChatRequest } from './conversation.ts'
import { paces, tokensDue } from './pace.ts'

const bodyBytesMax = 20_000_000
/** Finer than any display, coarse enough to cost nothing. */
const tickMs = 15

/**
 * A provider for trying AIChat out: speaks as much of the OpenAI API as a chat needs. It keeps
 * nothing, needs no key, and stops writing when the caller hangs up.
 */
export function createDemoModel(): Server {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  // A connection closed for idleness just as the next question sets out on it loses the question.
  server.keepAliveTimeout = 600_000
  return server
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url?.split('?')[0]
  if (request.method === 'GET' && path === '/v1/models') return sendModels(response)
  if (request.method !== 'POST' || path !== '/v1/chat/completions') {
    return refuse(response, 404, 'There is no such address here.')
  }
  const chat = readChatRequest(await readJson(request))
  if (!chat) return refuse(response, 400, 'The body is no chat completion request.')
  const pace = paces[chat.model]
  if (!pace) return refuse(response, 404, `The model ${chat.model} does not exist.`)
  const completion = complete(chat)
  if (chat.stream) return stream(response, chat, completion, pace)
  const lastMs = pace.firstMs + (completion.deltas.length / pace.perSecond) * 1_000
  await sleep(Math.min(lastMs, 2_000))
  sendJson(response, 200, asOneReply(completion, Date.now()))
}

async function stream(
  response: ServerResponse,
  chat: ChatRequest,
  completion: Completion,
  pace: Pace,
): Promise<void> {
  const { deltas, finishReason, usage } = completion
  const startedAt = Date.now()
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.flushHeaders()
  response.write(chunkOf(completion, startedAt, choice({ role: 'assistant', content: '' })))
  for (let sent = 0; sent < deltas.length && !response.destroyed;) {
    const due = Math.min(tokensDue(pace, Date.now() - startedAt), deltas.length)
    for (; sent < due; sent++) {
      const delta = deltas[sent]
      if (!delta) break
      response.write(chunkOf(completion, startedAt, choice({ [delta.field]: delta.token })))
    }
    await sleep(tickMs)
  }
  response.write(chunkOf(completion, startedAt, choice({}, finishReason)))
  if (chat.includeUsage) response.write(chunkOf(completion, startedAt, { usage }))
  response.end('data: [DONE]\n\n')
}

function sendModels(response: ServerResponse): void {
  const data = Object.keys(paces).map((id) => ({
    id,
    object: 'model',
    created: 0,
    owned_by: 'aichat-demo',
  }))
  sendJson(response, 200, { object: 'list', data })
}

function refuse(response: ServerResponse, status: number, message: string): void {
  sendJson(response, status, { error: { message, type: 'invalid_request_error', code: null } })
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

/** The body as a value, or null when it is too long or not JSON. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  let bytes = 0
  const pieces: Buffer[] = []
  for await (const piece of request) {
    if (!Buffer.isBuffer(piece)) continue
    bytes += piece.length
    if (bytes > bodyBytesMax) return null
    pieces.push(piece)
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'))
  } catch {
    return null
  }
}
