import { refTo, type OpenApi, type Reference } from './open-api.ts'

const text = { type: 'string' }
const count = { type: 'integer' }

/** The headers of replies that are worth knowing. */
export const headers = {
  'X-Request-Id': {
    description: 'Names this request, also in the log of the server.',
    schema: text,
  },
  'Retry-After': { description: 'In so many seconds it may be tried again.', schema: count },
  'X-RateLimit-Limit-Requests': {
    description: 'How many requests a minute the key may make.',
    schema: count,
  },
  'X-RateLimit-Remaining-Requests': {
    description: 'How many of them are left in this minute.',
    schema: count,
  },
  'X-RateLimit-Reset-Requests': {
    description: 'When the minute is over, in the form `12.345s`.',
    schema: text,
  },
  'X-RateLimit-Limit-Tokens': {
    description: 'The tokens a day, where there is a budget.',
    schema: count,
  },
  'X-RateLimit-Remaining-Tokens': {
    description: 'How many of them are left today.',
    schema: count,
  },
} satisfies OpenApi['components']['headers']

export function headersOf(names: readonly (keyof typeof headers)[]): Record<string, Reference> {
  return Object.fromEntries(names.map((name) => [name, refTo('headers', name)]))
}
