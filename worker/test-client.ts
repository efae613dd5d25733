import { createExecutionContext } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { app } from './app.ts'
import { png } from './attachments/tiny-images.ts'
import type { Attachment } from './contract/attachments.ts'
import type { Generate, GenerateInput } from './contract/chat.ts'
import type { GenerationEvent, Keepalive } from './contract/generation-events.ts'
import { newId, type Id } from './contract/ids.ts'
import type { Message } from './contract/message.ts'
import type { Model } from './contract/models.ts'
import type { WritableSettings } from './contract/settings-registry.ts'
import { newAccount, newSession, password } from './test-accounts.ts'

const origin = 'https://aichat.test'

export interface Frame {
  id: number | null
  event: GenerationEvent | Keepalive
}

/** A browser as far as the API can tell: one cookie jar, one address. */
export class TestClient {
  /** Without damping it may send more than a person would. */
  constructor({ damping = true }: { damping?: boolean } = {}) {
    const undamped = { ...env, DAMPING: 'off' }
    this.#fetch = damping
      ? (request) => exports.default.fetch(request)
      : async (request) => app.fetch(request, undamped, createExecutionContext())
  }

  readonly #fetch: (request: Request) => Promise<Response>
  readonly #cookies = new Map<string, string>()
  username = ''
  readonly #address = `198.51.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`

  /** What it sends; setting it replaces them all. */
  get cookie(): string {
    return Array.from(this.#cookies, ([name, value]) => `${name}=${value}`).join('; ')
  }

  set cookie(cookie: string) {
    this.#cookies.clear()
    for (const pair of cookie.split('; ').filter(Boolean)) this.#keep(pair)
  }

  #keep(pair: string): void {
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    if (value === '') this.#cookies.delete(name)
    else this.#cookies.set(name, value)
  }

  async request(
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const isRaw =
      typeof body === 'string' || body instanceof FormData || body instanceof ReadableStream
    const response = await this.#fetch(
      new Request(`${origin}${path}`, {
        method,
        headers: {
          'cf-connecting-ip': this.#address,
          ...(this.cookie && { cookie: this.cookie }),
          // A form's type holds what stands between its fields, so the request writes it itself.
          ...(body !== undefined &&
            !(body instanceof FormData) && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && {
          body: isRaw ? body : JSON.stringify(body),
        }),
      }),
    )
    for (const line of response.headers.getSetCookie()) {
      this.#keep(line.split(';')[0] ?? '')
    }
    return response
  }

  /** The JSON of a reply, whatever its status. */
  async json<T>(method: string, path: string, body?: unknown): Promise<T & { code?: string }> {
    const response = await this.request(method, path, body === undefined ? {} : { body })
    return (response.status === 204 ? {} : await response.json()) as T & { code?: string }
  }

  /** Signed in with an account of its own, which costs less than signing up. */
  async join(role: 'admin' | 'user' = 'user'): Promise<Id<'user'>> {
    const { id, username } = await newAccount(role, 'active', uniqueName())
    this.username = username
    this.cookie = (await newSession(id)).cookie
    return id
  }

  async signUp(username = uniqueName()): Promise<Response> {
    this.username = username
    return this.request('POST', '/api/auth/sign-up', { body: { username, password } })
  }

  async signIn(username = this.username, given = password): Promise<Response> {
    this.username = username
    return this.request('POST', '/api/auth/sign-in', { body: { username, password: given } })
  }

  async send(input: GenerateInput): Promise<Response> {
    return this.request('POST', '/api/chat/stream', { body: input })
  }

  async upload(bytes: Uint8Array<ArrayBuffer>, name = 'cat.png'): Promise<Response> {
    const body = new FormData()
    body.set('file', new File([bytes], name))
    return this.request('POST', '/api/attachments', { body })
  }

  /** An image nobody else has, already uploaded. */
  async newImage(name = 'cat.png'): Promise<Attachment> {
    const response = await this.upload(png(1, 1, crypto.randomUUID()), name)
    return response.json<Attachment>()
  }

  async message(id: string): Promise<Message> {
    return this.json<Message>('GET', `/api/messages/${id}`)
  }
}

let names = 0
export function uniqueName(): string {
  return `user_${Date.now().toString(36)}${(names++).toString(36)}`
}

/** Signed in as the administrator of an installation whose models are the fake upstream's. */
export async function openInstallation(
  settings: Record<string, unknown> = {},
): Promise<TestClient> {
  const admin = new TestClient()
  await admin.join('admin')
  await admin.json('PATCH', '/api/settings', {
    values: { 'provider.allowPrivateHosts': true, 'accounts.registration': 'open', ...settings },
  })
  return admin
}

/** The ids of models the fake upstream does not list: each name is a script of what it does. */
export async function connectModels(admin: TestClient, names: string[]): Promise<Id<'model'>[]> {
  const connection = await admin.json<{ id: string }>('POST', '/api/connections', {
    provider: 'openai',
    baseUrl: env.TEST_UPSTREAM,
    auth: 'none',
    modelIds: names,
  })
  const { items } = await admin.json<{ items: Model[] }>('GET', '/api/models?all=1')
  return names.map((name) => {
    const model = items.find((item) => item.rawId === name && item.connectionId === connection.id)
    if (!model) throw new Error(`No model ${name}`)
    return model.id
  })
}

type Send = Omit<Extract<Generate, { mode: 'send' }>, 'attachments' | 'context'> & {
  attachments?: Id<'attachment'>[]
}

export function newSend(modelId: Id<'model'>, content = 'Hello', more: Partial<Send> = {}): Send {
  return {
    mode: 'send',
    conversationId: newId('conversation'),
    messageId: newId('message'),
    replyId: newId('message'),
    parentId: null,
    content,
    modelId,
    ...more,
  }
}

/** Everything a stream holds until it closes, or until `enough` says so and the reader leaves. */
export async function readFrames(
  response: Response,
  enough: (frames: Frame[]) => boolean = () => false,
): Promise<Frame[]> {
  const frames: Frame[] = []
  const reader = response.body!.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return frames
    text += decoder.decode(value, { stream: true })
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const frame = text.slice(0, end)
      text = text.slice(end + 2)
      const data = /^data: (.*)$/m.exec(frame)?.[1]
      const id = /^id: (\d+)$/m.exec(frame)?.[1]
      if (data)
        frames.push({ id: id ? Number(id) : null, event: JSON.parse(data) as GenerationEvent })
    }
    if (enough(frames)) {
      await reader.cancel()
      return frames
    }
  }
}

export function logged(frames: Frame[]): { id: number; event: GenerationEvent }[] {
  return frames.filter((frame) => frame.id !== null) as { id: number; event: GenerationEvent }[]
}

export function contentOf(frames: Frame[]): string {
  return frames.map(({ event }) => (event.type === 'content' ? event.content : '')).join('')
}

/** The calls the fake upstream got whose last message contains `text`. */
export async function callsAbout(text: string) {
  const response = await fetch(new URL('/log', env.TEST_UPSTREAM))
  const { calls } = await response.json<{
    calls: { messages: unknown[]; outcome: string; receivedAt: number; endedAt: number | null }[]
  }>()
  return calls.filter(({ messages }) => JSON.stringify(messages.at(-1)).includes(text))
}

export async function until<T>(
  what: () => Promise<T | null | undefined | false>,
  ms = 15_000,
): Promise<T> {
  const deadline = Date.now() + ms
  for (;;) {
    const found = await what()
    if (found) return found
    if (Date.now() > deadline) throw new Error('It did not come about in time.')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Takes every step of a job, however many there are; answers what they came to. */
export async function takeSteps(steps: AsyncIterable<number>): Promise<number> {
  let total = 0
  for await (const done of steps) total += done
  return total
}

/** What happens while these settings are in force; afterwards they have their defaults again. */
export async function withSettings<T>(
  admin: TestClient,
  values: Partial<WritableSettings>,
  act: () => Promise<T>,
): Promise<T> {
  const { code } = await admin.json('PATCH', '/api/settings', { values })
  if (code !== undefined) throw new Error(`The settings were refused: ${code}`)
  try {
    return await act()
  } finally {
    await admin.json('PATCH', '/api/settings', { reset: Object.keys(values) })
  }
}
