import { describe, expect, it } from 'vitest'
import { networkFailure } from './network-failure.ts'

const coded = (code: string, message: string) => Object.assign(new Error(message), { code })

describe('a call that got no answer', () => {
  it.each([
    [coded('ENOTFOUND', 'getaddrinfo ENOTFOUND x.example'), 'The name of the host was not found.'],
    [coded('ECONNREFUSED', 'connect ECONNREFUSED'), 'The host refused the connection.'],
    [
      coded(
        'ERR_TLS_CERT_ALTNAME_INVALID',
        "Hostname/IP does not match certificate's altnames: Host: x. is not in DNS:y.example",
      ),
      'No secure connection could be made (TLS).',
    ],
    [
      coded('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'),
      'No secure connection could be made (TLS).',
    ],
    [
      coded('CERT_HAS_EXPIRED', 'certificate has expired'),
      'No secure connection could be made (TLS).',
    ],
    [coded('UND_ERR_CONNECT_TIMEOUT', 'Connect Timeout Error'), 'The host did not answer in time.'],
    [new Error('odd'), 'The call failed: fetch failed odd'],
  ])('is told in words: %s', async (cause, expected) => {
    const error = new TypeError('fetch failed', { cause })
    expect(await networkFailure(error, 'https://x.example/')).toBe(expected)
  })
})
