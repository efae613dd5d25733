import { keyPrefix } from '../contract/api-keys.ts'

/** What is to be known of all endpoints, in paragraphs. */
export const introduction = [
  'There are two APIs. Under `/v1` this server speaks as OpenAI does, and takes API keys: point any client of OpenAI at it. Under `/api` is everything the page itself uses, by which a program can do whatever a person can; it goes by the session cookie of whoever is signed in.',
  'JSON goes in and comes out, in UTF-8. A success is the thing itself, without an envelope; a list is `{items, nextCursor}`, and `nextCursor` is null at its end. Unknown query parameters are ignored, and unknown fields of a body are refused, except under `/v1`.',
  'Times are integer milliseconds since 1970 (UTC) in fields that end in `At`; durations end in `Ms`. Ids say what they name, and begin with the time they were made. For every limit, `null` means no limit and `0` none at all.',
  'With `PATCH` an absent field stays as it is, `null` clears it and a value replaces it.',
  'Refusals under `/api` are `application/problem+json` (RFC 9457). Their `code` is what to go by: it never changes, while `detail` is for people, in English or Chinese by `Accept-Language`. Under `/v1` they have the form of OpenAI’s.',
].join('\n\n')

export const securitySchemes = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: `${keyPrefix}…`,
    description:
      'An API key, made in the settings. The headers `api-key` and `x-api-key` do as well.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-session',
    description: 'The session of whoever has signed in. Over plain http it is named `session`.',
  },
  guest: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-guest',
    description: 'A guest, as made by `GET /api/me`. Over plain http it is named `guest`.',
  },
}
