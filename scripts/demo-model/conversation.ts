/** What the demo model reads of a chat completion request; everything else is ignored. */
export interface ChatRequest {
  model: string
  messages: ChatMessage[]
  stream: boolean
  includeUsage: boolean
  tokensMax: number | null
}

export interface ChatMessage {
  role: string
  text: string
  images?: number
}

/** The request in a body, or null when it is none. */
export function readChatRequest(body: unknown): ChatRequest | null {
  if (!isRecord(body) || typeof body.model !== 'string' || !Array.isArray(body.messages))
    return null
  const messages = body.messages.filter(isRecord).map(({ role, content }) => ({
    role: String(role),
    text: textOf(content),
    images: imagesIn(content),
  }))
  if (messages.length === 0) return null
  const options = isRecord(body.stream_options) ? body.stream_options : {}
  const tokensMax = body.max_completion_tokens ?? body.max_tokens
  return {
    model: body.model,
    messages,
    stream: body.stream === true,
    includeUsage: options.include_usage === true,
    tokensMax: typeof tokensMax === 'number' ? tokensMax : null,
  }
}

/**
 * A text in the pieces a model would have written it in: a word with the blanks before it, or one
 * Chinese character. Joined again they are the text.
 */
export function tokensOf(text: string): string[] {
  return text.match(/\s*\p{Script=Han}|\s*[^\s\p{Script=Han}]{1,12}|\s+/gu) ?? []
}

export function isChinese(text: string): boolean {
  return /\p{Script=Han}/u.test(text)
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .filter(isRecord)
    .flatMap((part) => (typeof part.text === 'string' ? [part.text] : []))
    .join('\n')
}

function imagesIn(content: unknown): number {
  if (!Array.isArray(content)) return 0
  return content.filter((part) => isRecord(part) && part.type === 'image_url').length
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
