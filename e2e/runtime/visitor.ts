import type { GenerateInput } from '../../worker/contract/chat.ts'
import { newId, type Id } from '../../worker/contract/ids.ts'
import type { Message } from '../../worker/contract/message.ts'
import type { Model } from '../../worker/contract/models.ts'

export interface SeenEvent {
  seq: number
  data: string
}

/** Somebody who uses the API over HTTP, and bears with a server that is gone for a while. */
export class Visitor {
  cookie = ''
  readonly #origin: string

  constructor(origin: string) {
    this.#origin = origin
  }

  fetch(
    path: string,
    init: {
      method?: string
      body?: unknown
      headers?: Record<string, string>
      signal?: AbortSignal
    } = {},
  ) {
    const { body, headers, signal, method = body === undefined ? 'GET' : 'POST' } = init
    return fetch(`${this.#origin}${path}`, {
      method,
      headers: {
        ...(this.cookie && { cookie: this.cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    })
  }

  async json<T>(path: string, init: Parameters<Visitor['fetch']>[1] = {}): Promise<T> {
    const response = await this.fetch(path, init)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }

  async signUp(username: string): Promise<void> {
    const response = await this.fetch('/api/auth/sign-up', {
      body: { username, password: 'correct horse 1' },
    })
    if (!response.ok) throw new Error(await response.text())
    this.cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  }

  /** Opens the installation up and connects models whose names are scripts of the fake upstream. */
  async connect(baseUrl: string, names: string[], settings: Record<string, unknown> = {}) {
    const values = {
      'provider.allowPrivateHosts': true,
      'accounts.registration': 'open',
      'chat.concurrentRepliesMax': null,
      'quota.user.messagesPerDay': null,
      ...settings,
    }
    await this.json('/api/settings', { method: 'PATCH', body: { values } })
    const body = { provider: 'openai', baseUrl, auth: 'none', modelIds: names }
    const { id } = await this.json<{ id: string }>('/api/connections', { body })
    const { items } = await this.json<{ items: Model[] }>('/api/models?all=1')
    const mine = items.filter((model) => model.connectionId === id)
    return Object.fromEntries(mine.map((model) => [model.rawId, model.id])) as Record<
      string,
      Id<'model'>
    >
  }

  newSend(modelId: Id<'model'>, content: string) {
    return {
      mode: 'send',
      conversationId: newId('conversation'),
      messageId: newId('message'),
      replyId: newId('message'),
      parentId: null,
      content,
      modelId,
    } satisfies GenerateInput
  }

  message(id: string): Promise<Message> {
    return this.json(`/api/messages/${id}`)
  }

  /**
   * Follows a reply until it is over, through as many lost connections as there are; every event is
   * handed over once. With `send` it begins the reply.
   */
  async follow(
    replyId: string,
    options: {
      send?: GenerateInput
      after?: number
      onEvent?: (event: SeenEvent) => void
      signal?: AbortSignal
    },
  ): Promise<SeenEvent[]> {
    const seen: SeenEvent[] = []
    let last = options.after ?? 0
    let isBegun = !options.send
    while (!options.signal?.aborted) {
      try {
        const response = await this.fetch(
          isBegun ? `/api/chat/stream/${replyId}` : '/api/chat/stream',
          {
            headers: { 'last-event-id': String(last) },
            ...(!isBegun && { body: options.send }),
            ...(options.signal && { signal: options.signal }),
          },
        )
        if (response.ok) isBegun = true
        else if (response.status === 404 && !isBegun) throw new Error('not found')
        for await (const event of events(response)) {
          if (event.seq <= last) continue
          last = event.seq
          seen.push(event)
          options.onEvent?.(event)
          if (isTerminal(event)) return seen
        }
      } catch {
        // The server is away: it comes back, and the reply is followed on from the same place.
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return seen
  }
}

export function isTerminal({ data }: SeenEvent): boolean {
  return /^\{"type":"(complete|cancelled|error)"/.test(data)
}

export function textOf(events: readonly SeenEvent[]): string {
  return events
    .map(({ data }) => JSON.parse(data) as { type: string; content?: string })
    .map((event) => (event.type === 'content' ? (event.content ?? '') : ''))
    .join('')
}

/** Events that have a seq, as they arrive; a body that is cut just ends. */
async function* events(response: Response): AsyncGenerator<SeenEvent> {
  if (!response.ok || response.body === null) return
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true })
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const frame = text.slice(0, end)
      text = text.slice(end + 2)
      const match = /^id: (\d+)\ndata: (.*)$/.exec(frame)
      if (match) yield { seq: Number(match[1]), data: match[2] ?? '' }
    }
  }
}
