import { urlOf, type Endpoint } from '#contract/endpoint.ts'
import { headersFor } from './call.ts'
import { Offline } from './refused.ts'
import { refusalOf } from './refusal.ts'

/** The file an endpoint answers with. Throws `Refused` or `Offline`, as `call` does. */
export async function download(endpoint: Endpoint<string, unknown, undefined, undefined>) {
  let response: Response
  try {
    response = await fetch(urlOf(endpoint.path, {}), { headers: headersFor(false) })
  } catch (cause) {
    throw new Offline('No reply.', { cause })
  }
  if (!response.ok) throw await refusalOf(response)
  try {
    return await response.blob()
  } catch (cause) {
    throw new Offline('The file was cut off.', { cause })
  }
}
