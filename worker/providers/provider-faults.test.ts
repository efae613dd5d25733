import { describe, expect, it } from 'vitest'
import { errorIn, faultOfError, faultOfReply, retryAfterMs } from './provider-faults.ts'

const secrets = ['my-own-secret-key', 'x']

function faultOf(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Record<string, unknown> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const { code, members } = faultOfReply(new Response(null, { status, headers }), text, secrets)
  return { code, ...members }
}
const words = (message: string, status: number) => ({ provider: { status, message } })
const openAi = (message: string, code: string | null = null, type = 'invalid_request_error') => ({
  error: { message, type, param: null, code },
})

describe('a refusal of a provider', () => {
  it.each([
    [401, openAi('Nope.'), 'provider_auth'],
    [403, openAi('Country not supported'), 'provider_auth'],
    [400, [{ error: { code: 400, message: 'API key not valid.' } }], 'provider_auth'],
    [400, 'Invalid API key', 'provider_auth'],
    [402, openAi('Insufficient Balance'), 'provider_quota'],
    [429, openAi('You exceeded your current quota.', 'insufficient_quota'), 'provider_quota'],
    [
      400,
      { type: 'error', error: { message: 'Your credit balance is too low' } },
      'provider_quota',
    ],
    [429, openAi('Rate limit reached for gpt-4o'), 'provider_rate_limited'],
    [
      429,
      { error: { message: 'You exceeded your current quota', status: 'RESOURCE_EXHAUSTED' } },
      'provider_rate_limited',
    ],
    [
      413,
      openAi('Request too large: tokens per minute', 'rate_limit_exceeded'),
      'provider_rate_limited',
    ],
    [400, openAi('Content Exists Risk'), 'content_blocked'],
    [400, openAi('Your request was rejected.', 'content_policy_violation'), 'content_blocked'],
    [400, openAi('Output blocked by content filtering policy'), 'content_blocked'],
    [404, openAi('The model `gpt-9` does not exist', 'model_not_found'), 'model_not_found'],
    [404, { error: { code: 'DeploymentNotFound', message: 'Gone.' } }, 'model_not_found'],
    [400, openAi('Model Not Exist'), 'model_not_found'],
    [400, { error: { message: 'x/y is not a valid model ID', code: 400 } }, 'model_not_found'],
    [
      404,
      { error: { code: 404, message: 'models/x is not found for API version v1beta' } },
      'model_not_found',
    ],
    [404, 'Not Found', 'provider_refused'],
    [404, '<html><title>404 Not Found</title></html>', 'provider_refused'],
    [400, 'weird', 'provider_refused'],
    [418, '[1,2,3]', 'provider_refused'],
    [400, openAi('Error while downloading https://example.org/an-image.png'), 'provider_refused'],
    [400, openAi("'temperature' does not support 0.2 with this model."), 'provider_refused'],
    [408, 'timeout', 'provider_unavailable'],
    [500, openAi('The server had an error'), 'provider_unavailable'],
    [502, '', 'provider_unavailable'],
    [503, 'error code: 1016', 'provider_unavailable'],
    [
      529,
      { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
      'provider_unavailable',
    ],
  ])('%i %j is %s', (status, body, code) => {
    expect(faultOf(status, body).code).toBe(code)
  })

  it.each([
    [openAi('Invalid content type. image_url is only supported by certain models.'), 'vision'],
    [{ error: { message: 'No endpoints found that support image input', code: 404 } }, 'vision'],
    [{ error: 'llama3 does not support tools' }, 'tools'],
    [openAi('"auto" tool choice requires --enable-auto-tool-choice'), 'tools'],
    [openAi("Unsupported value: 'reasoning_effort' does not support 'none'"), 'reasoning'],
    [
      {
        detail: [
          {
            type: 'extra_forbidden',
            loc: ['body', 'reasoning_effort'],
            msg: 'reasoning_effort: Extra inputs are not permitted',
          },
        ],
      },
      'reasoning',
    ],
  ])('%j names what the model lacks', (body, capability) => {
    expect(faultOf(400, body)).toMatchObject({ code: 'model_unsuitable', capability })
  })

  it.each([
    [
      "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (4000 in the messages, 1000 in the completion).",
      5_000,
      4_096,
    ],
    [
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 130,001 tokens.",
      130_001,
      128_000,
    ],
    ['prompt is too long: 210000 tokens > 200000 maximum', 210_000, 200_000],
    [
      "This model's maximum prompt length is 131072 but the request contains 140000 tokens.",
      140_000,
      131_072,
    ],
    [
      'Prompt contains 40000 tokens, too large for model with 32768 maximum context length',
      40_000,
      32_768,
    ],
    [
      'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
      1_200_000,
      1_048_576,
    ],
    [
      'input length and `max_tokens` exceed context limit: 199000 + 8192 > 200000',
      undefined,
      200_000,
    ],
    ['Please reduce the length of the messages.', undefined, undefined],
  ])('%s', (message, tokens, tokensMax) => {
    const { code, ...members } = faultOf(400, openAi(message))
    expect({ code, tokens: members.tokens, tokensMax: members.tokensMax }).toEqual({
      code: 'context_too_long',
      tokens,
      tokensMax,
    })
  })

  it('reads the counts of llama.cpp from its fields', () => {
    const error = {
      code: 400,
      message: 'exceeds the available context size',
      n_prompt_tokens: 9,
      n_ctx: 8,
    }
    expect(faultOf(400, { error })).toMatchObject({ tokens: 9, tokensMax: 8 })
  })

  it.each([
    [openAi('weird'), 'weird'],
    [{ message: 'weird' }, 'weird'],
    [{ error: 'weird' }, 'weird'],
    [{ detail: 'weird' }, 'weird'],
    [{ errors: [{ message: 'weird' }] }, 'weird'],
    [{ detail: [{ msg: 'weird', loc: ['body'] }] }, 'weird'],
    [[{ error: { message: 'weird' } }], 'weird'],
    [
      { error: { message: 'Provider returned error', metadata: { raw: '{"error":"weird"}' } } },
      'Provider returned error: weird',
    ],
    [{ strange: { shape: 1 } }, '{"strange":{"shape":1}}'],
    ['<html><head><title>weird</title></head><p>page</p></html>', 'weird'],
    ['<p>weird <b>page</b></p>', 'weird page'],
    ['{"broken', '{"broken'],
    ['', 'HTTP 400'],
    ['{}', 'HTTP 400'],
    [{ error: {} }, 'HTTP 400'],
  ])('passes on the words in %j', (body, message) => {
    expect(faultOf(400, body)).toMatchObject(words(message, 400))
  })

  it.each([
    [530, 'error code: 1016', 'The name of the host was not found.'],
    [521, 'error code: 521', 'The host refused the connection.'],
    [526, '', 'No secure connection could be made (TLS).'],
    [524, 'error code: 524\n', 'The host did not answer in time.'],
    [520, 'the host’s own words', 'the host’s own words'],
    [503, 'error code: 1016', 'error code: 1016'],
  ])('says in words what the edge answers for a host: %i %j', (status, body, message) => {
    expect(faultOf(status, body)).toEqual({
      code: 'provider_unavailable',
      ...words(message, status),
    })
  })

  it('names what a filter objected to', () => {
    const innererror = {
      content_filter_result: { hate: { filtered: false }, violence: { filtered: true } },
    }
    expect(
      faultOf(400, { error: { code: 'content_filter', message: 'No.', innererror } }),
    ).toMatchObject({
      category: 'violence',
    })
    expect(faultOf(400, openAi('Content Exists Risk'))).toMatchObject({ category: null })
  })

  it.each([
    ['Bad key my-own-secret-key here', 'Bad key *** here'],
    ['Incorrect API key provided: sk-proj-abcdefgh12345678.', 'Incorrect API key provided: ***.'],
    ['Authorization: Bearer abcdef0123456789xyz', 'Authorization: Bearer ***'],
    ['"api_key": "0123456789abcdef0123"', '"api_key": "***"'],
    [
      'See https://example.org/a?token=1&b=2 or https://example.org/b',
      'See https://example.org/a?… or https://example.org/b',
    ],
  ])('masks credentials and queries: %s', (said, shown) => {
    expect(faultOf(400, said)).toMatchObject(words(shown, 400))
  })

  it('masks a key also where another secret begins with it', () => {
    const fault = faultOfReply(new Response(null, { status: 400 }), 'It was abcdef-and-more.', [
      'abcdef',
      'abcdef-and-more',
    ])
    expect(fault.members).toMatchObject(words('It was ***.', 400))
  })

  it.each([
    ['an error wrapped in thousands', '{"error":', '1', '}'],
    ['lists within lists', '[', '', ']'],
    ['an object of unknown depth', '{"strange":', '1', '}'],
  ])('says no more than the status of %s', (_, open, inside, close) => {
    const body = `${open.repeat(20_000)}${inside}${close.repeat(20_000)}`
    expect(faultOf(400, body)).toMatchObject(words('HTTP 400', 400))
  })

  it('keeps at most 500 characters, none of them half', () => {
    const { provider } = faultOf(400, `${'x'.repeat(498)}${'🎉'.repeat(1_000)}`) as {
      provider: { message: string }
    }
    expect(provider.message).toBe(`${'x'.repeat(498)}…`)
  })

  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after-ms': '1234', 'retry-after': '9' }, 1_234],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:01:40 GMT' }, 60_000],
    [
      { 'retry-after': 'Thu, 01 Jan 1970 00:01:40 GMT', date: 'Thu, 01 Jan 1970 00:01:30 GMT' },
      10_000,
    ],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:01 GMT' }, 0],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '' }, null],
    [{}, null],
  ])('reads when to come back from %j', (headers, expected) => {
    expect(retryAfterMs(new Headers(headers as Record<string, string>), 40_000)).toBe(expected)
  })

  it('says when to come back only where the provider does', () => {
    expect(faultOf(429, 'slow down', { 'retry-after': '2' })).toEqual({
      code: 'provider_rate_limited',
      retryAfterMs: 2_000,
      ...words('slow down', 429),
    })
    expect(faultOf(429, 'slow down')).not.toHaveProperty('retryAfterMs')
  })
})

describe('an error inside a reply', () => {
  it.each([
    [{ code: 429, message: 'busy' }, 'provider_rate_limited', 429],
    [{ code: '502', message: 'bad' }, 'provider_unavailable', 502],
    [{ type: 'server_error', message: 'An error occurred' }, 'provider_unavailable', 200],
    [{ message: 'tool_use_failed', status_code: 400 }, 'provider_refused', 400],
    ['no luck', 'provider_refused', 200],
  ])('%j is %s', (error, code, status) => {
    const fault = faultOfError(error, [])
    expect([fault.code, fault.members.provider]).toMatchObject([code, { status }])
  })

  it.each([
    [{ error: 'x' }, 'x'],
    [
      { object: 'error', message: 'x', code: 400 },
      { object: 'error', message: 'x', code: 400 },
    ],
    [{ detail: 'x' }, { detail: 'x' }],
    [
      { code: 'InvalidParameter', message: 'x' },
      { code: 'InvalidParameter', message: 'x' },
    ],
    [{ choices: [], error: null }, undefined],
    [{ type: 'ping' }, undefined],
    [{ choices: [], message: 'x', code: 1 }, undefined],
    [null, undefined],
  ])('is found in %j', (chunk, error) => {
    expect(errorIn(chunk, 'message')).toEqual(error)
  })
})

it('waits as long as the error itself asks for, where no header says it', () => {
  const error = {
    code: 429,
    message: 'Resource has been exhausted',
    status: 'RESOURCE_EXHAUSTED',
    details: [
      { '@type': 'type.googleapis.com/google.rpc.Help', links: [] },
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.074s' },
    ],
  }
  const fault = (headers: Record<string, string>) =>
    faultOfReply(new Response(null, { status: 429, headers }), JSON.stringify({ error }), [])
  expect(fault({})).toMatchObject({
    code: 'provider_rate_limited',
    members: { retryAfterMs: 34_074 },
  })
  expect(fault({ 'retry-after': '2' }).members).toMatchObject({ retryAfterMs: 2_000 })
})
