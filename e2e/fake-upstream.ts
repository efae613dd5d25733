import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CallLog } from './fake-upstream/call-log.ts'
import { createServer } from 'node:http'
import { openCallLog } from './fake-upstream/call-log.ts'
import { chunk, completion } from './fake-upstream/chunks.ts'
import { play } from './fake-upstream/play.ts'
import { scriptFor } from './fake-upstream/script.ts'

/**
 * A provider for tests and for the bench: what it does is decided by the model's name (see
 * fake-upstream/script.ts), so that every test says in its own text what it is up against.
 * GET /log tells which calls arrived and how each ended, POST /reset forgets them, and with
 * POST /next {"models": [...]} the next calls are answered as if they had named those models.
 */
export interface FakeUpstream {
  /** The base URL to enter in a connection, ending in /v1. */
  baseUrl: string
  origin: string
  log: CallLog
  close: () => Promise<void>
}

export async function startFakeUpstream(port = 0): Promise<FakeUpstream> {
  const log = openCallLog()
  const overrides: string[] = []
  const server = createServer((request, response) => {
    serve(request, response, log, overrides).catch(() => response.destroy())
  })
  // A connection closed for idleness just as the next call sets out on it fails that call.
  server.keepAliveTimeout = 600_000
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    baseUrl: `${origin}/v1`,
    origin,
    log,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  log: CallLog,
  overrides: string[],
): Promise<void> {
  switch (`${request.method} ${request.url?.split('?')[0]}`) {
    case 'GET /log':
      return json(response, 200, { calls: log.calls })
    case 'POST /reset':
      overrides.length = 0
      log.clear()
      return json(response, 200, {})
    case 'POST /next': {
      const { models } = (await bodyOf(request)) as { models: string[] }
      overrides.push(...models)
      return json(response, 200, {})
    }
    case 'GET /v1/models':
      return json(response, 200, { object: 'list', data: listedModels })
    case 'POST /v1/chat/completions':
      return chat(request, response, log, overrides)
    default:
      return json(response, 404, { error: { message: 'unknown address', type: 'not_found' } })
  }
}

async function chat(
  request: IncomingMessage,
  response: ServerResponse,
  log: CallLog,
  overrides: string[],
): Promise<void> {
  const body = (await bodyOf(request)) as ChatBody
  const call = log.open(request, body)
  const script = scriptFor(overrides.shift() ?? body.model, textOf(body.messages.at(-1)?.content))
  response.on('close', () => log.close(call, response.writableFinished))
  if (script.status) {
    const { status, headers, body: refusal } = script.status
    response.writeHead(status, headers)
    response.end(refusal)
    return
  }
  if (body.stream) {
    const end = body.stream_options?.include_usage ? script.usage : null
    return play(response, script, call, end ? [chunk(body.model, { choices: [], usage: end })] : [])
  }
  json(response, 200, completion(body.model, script))
}

const listedModels = ['echo', 'tokens:100', 'pace:20:100', 'reason:20', 'slow-first:2000'].map(
  (id) => ({ id, object: 'model', created: 0, owned_by: 'fake' }),
)

export interface ChatBody {
  model: string
  messages: { role: string; content: unknown }[]
  stream?: boolean
  stream_options?: { include_usage?: boolean }
  user?: string
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content.map((part: { text?: string }) => part.text ?? '').join('')
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return JSON.parse(Buffer.concat(pieces).toString('utf8') || '{}')
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

if (import.meta.main) {
  const { baseUrl } = await startFakeUpstream(Number(process.argv[2] ?? 0))
  console.log(baseUrl)
}
