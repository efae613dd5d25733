import { readText } from '../platform/bytes.ts'
import type { Upstream } from '../platform/upstream.ts'
import { jsonIn } from './narrow.ts'
import { mediaTypeOf, refusalOf } from './play-reply.ts'
import type { ProviderConnection } from './provider.ts'
import { badReply, errorIn, faultOfError } from './provider-faults.ts'
import { secretsOf } from './request-headers.ts'

const bytesMax = 16 * 1024 * 1024

/**
 * The object or list a call was answered with. Refuses a refusal of the provider as what it says, and
 * `provider_bad_reply` for everything else; `wanted` says there what was asked for.
 */
export async function readJson(
  response: Response,
  wanted: string,
  connection: ProviderConnection,
  upstream: Upstream,
): Promise<object> {
  if (!response.ok) throw await refusalOf(response, connection, upstream)
  const alive = () => upstream.alive()
  const text = response.body ? await readText(response.body.getReader(), bytesMax, alive) : ''
  const body = jsonIn(text)
  const error = errorIn(body, 'message')
  if (error) throw faultOfError(error, secretsOf(connection))
  if (typeof body === 'object' && body !== null) return body
  throw badReply(`${mediaTypeOf(response) || 'no content type'} instead of ${wanted}`)
}
