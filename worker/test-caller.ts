import type { Id } from './contract/ids.ts'
import { TestClient, until } from './test-client.ts'
import type { ResponseEvent } from './openai-api/responses/fold-response.ts'
import { eventsIn } from './openai-api/responses/response-frames.ts'
import type { ResponseObject } from './openai-api/responses/response-object.ts'

export interface Sending {
  method?: string
  headers?: Record<string, string>
}

/** A program with a key of its owner's. */
export class TestCaller {
  readonly secret: string

  constructor(secret: string) {
    this.secret = secret
  }

  static async of(owner: TestClient, more: object = {}): Promise<TestCaller> {
    const { secret } = await owner.json<{ id: Id<'key'>; secret: string }>(
      'POST',
      '/api/api-keys',
      { name: 'A key', ...more },
    )
    return new TestCaller(secret)
  }

  async send(
    path: string,
    body?: Record<string, unknown>,
    { method = body ? 'POST' : 'GET', headers = {} }: Sending = {},
  ): Promise<Response> {
    return new TestClient().request(method, `/v1${path}`, {
      ...(body && { body }),
      headers: { authorization: `Bearer ${this.secret}`, ...headers },
    })
  }

  create(body: Record<string, unknown>, sending?: Sending): Promise<Response> {
    return this.send('/responses', body, sending)
  }

  async created(body: Record<string, unknown>): Promise<ResponseObject> {
    return (await this.create(body)).json<ResponseObject>()
  }

  async read(id: string): Promise<ResponseObject> {
    return (await this.send(`/responses/${id}`)).json<ResponseObject>()
  }

  /** The events after one, to the end. */
  async events(id: string, after?: number): Promise<ResponseEvent[]> {
    const from = after === undefined ? '' : `&starting_after=${after}`
    return eventsOf(await this.send(`/responses/${id}?stream=true${from}`))
  }

  async ended(id: string): Promise<ResponseObject> {
    return until(async () => {
      const response = await this.read(id)
      return ['queued', 'in_progress'].includes(response.status) ? null : response
    })
  }
}

export async function eventsOf(response: Response): Promise<ResponseEvent[]> {
  return [...eventsIn(await response.text())]
}

/** Events of a stream as far as `enough` wants them; then its reader leaves. */
export async function someEvents(
  response: Response,
  enough: (events: ResponseEvent[]) => boolean,
): Promise<ResponseEvent[]> {
  const reader = response.body!.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    text += done ? '' : decoder.decode(value, { stream: true })
    const events = [...eventsIn(text.slice(0, text.lastIndexOf('\n\n') + 2))]
    if (!done && !enough(events)) continue
    await reader.cancel()
    return events
  }
}

/** Everything a response says in text. */
export function saidIn({ output }: ResponseObject): string {
  return output
    .flatMap(({ content }) => (Array.isArray(content) ? content : []))
    .map((part: { text?: string }) => part.text ?? '')
    .join('')
}
