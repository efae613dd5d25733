import type { CustomRequest } from '../contract/chat.ts'
import { Fault } from '../platform/fault.ts'
import { customHeaders, withCustomBody } from './custom-request.ts'
import { knownModel } from './known-models.ts'
import { openAiGeneration } from './model-family.ts'
import type { Fields } from './narrow.ts'
import type { ProviderConnection, ProviderRequest, Turn } from './provider.ts'
import { effortSent, reasoningFields } from './reasoning-request.ts'
import type { Dialect } from './vendors.ts'

/** Headers the runtime writes itself. */
const transportHeader = /^(?:host|connection|content-length|transfer-encoding|accept-encoding)$/i

/** The body of a chat completion in the connection's dialect. */
export function chatBody(request: ProviderRequest, dialect: Dialect, isStreamed: boolean): Fields {
  const generation = dialect.openAiModels ? openAiGeneration(request.model) : null
  const limit = generation ? 'max_completion_tokens' : 'max_tokens'
  const systemRole = generation ? 'developer' : 'system'
  const turns = dialect.alternates ? joinNeighbours(request.turns) : request.turns
  const body: Fields = {
    model: request.model,
    messages: [
      ...(request.system === null ? [] : [{ role: systemRole, content: request.system }]),
      ...turns.map(({ role, text }) => ({ role, content: text })),
    ],
    stream: isStreamed,
    ...reasoningFields(request, dialect),
  }
  if (request.outputTokensMax !== null) body[limit] = request.outputTokensMax
  if (request.temperature !== null && takesSampling(request, dialect)) {
    body.temperature = request.temperature
  }
  return withCustomBody(body, request.custom)
}

function takesSampling(request: ProviderRequest, dialect: Dialect): boolean {
  if (knownModel(request.model)?.sampling === false) return false
  const generation = dialect.openAiModels ? openAiGeneration(request.model) : null
  if (!generation) return true
  const { major, minor } = generation
  return (major > 5 || (major === 5 && minor >= 1)) && effortSent(request) === 'none'
}

function joinNeighbours(turns: readonly Turn[]): Turn[] {
  const joined: Turn[] = []
  for (const turn of turns) {
    const last = joined.at(-1)
    if (last?.role === turn.role) last.text += `\n\n${turn.text}`
    else joined.push({ ...turn })
  }
  return joined
}

/** The headers of a call. Refuses `connection_unusable` when one of them cannot be sent. */
export function requestHeaders(
  connection: ProviderConnection,
  custom: CustomRequest | null = null,
): Headers {
  const headers = new Headers({ accept: 'application/json, text/event-stream' })
  const own = connection.headers.filter(({ name }) => !transportHeader.test(name))
  try {
    if (connection.apiKey) headers.set('authorization', `Bearer ${connection.apiKey}`)
    for (const { name, value } of [...own, ...customHeaders(custom)]) headers.set(name, value)
  } catch (error) {
    throw new Fault('connection_unusable', {}, { cause: error })
  }
  headers.set('content-type', 'application/json')
  return headers
}

/** What must never be repeated to anyone: the key and the values of the connection's headers. */
export function secretsOf(connection: ProviderConnection): string[] {
  const values = connection.headers.map(({ value }) => value)
  return connection.apiKey ? [connection.apiKey, ...values] : values
}
