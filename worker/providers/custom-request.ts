import type { CustomRequest } from '../contract/chat.ts'
import type { Fields } from './narrow.ts'

/** What a sender's own additions may not replace: who is asked, what, and how it is read. */
const keptFields = new Set(['model', 'messages', 'input', 'contents', 'stream', 'tools'])
const refusedHeader =
  /^(?:authorization|api-key|x-api-key|x-goog-api-key|cookie|set-cookie|host|connection|content-length|transfer-encoding|accept-encoding|(?:proxy|sec|cf)-.*)$/i

/** A request body with the sender's own fields laid over it. */
export function withCustomBody(body: Fields, custom: CustomRequest | null): Fields {
  const added = Object.entries(custom?.body ?? {}).filter(([name]) => !keptFields.has(name))
  return { ...body, ...Object.fromEntries(added) }
}

/** The sender's own headers, without those that would speak for the connection. */
export function customHeaders(custom: CustomRequest | null): { name: string; value: string }[] {
  return (custom?.headers ?? []).filter(({ name }) => !refusedHeader.test(name))
}
