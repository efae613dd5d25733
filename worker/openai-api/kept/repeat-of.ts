import { keyedHash } from '../../platform/crypto.ts'
import { deploymentOf } from '../../platform/env.ts'
import type { AppContext } from '../../platform/serve.ts'
import type { AskedCall } from '../asked-call.ts'
import { invalidField } from '../field-faults.ts'
import type { Repeat } from '../reserve-call.ts'

/** By what a call is known when it comes again; null where it asks for no such thing. */
export function repeatOf(
  context: AppContext,
  { route, text }: Pick<AskedCall, 'route' | 'text'>,
): Repeat | null {
  const key = context.req.header('idempotency-key')
  if (key === undefined) return null
  if (!/^[\x20-\x7e]{1,128}$/.test(key)) {
    throw invalidField('Idempotency-Key', 'Expected 1 to 128 printable characters.')
  }
  const { jwtSecret } = deploymentOf(context.env)
  return {
    key: keyedHash(`idempotency ${key}`, jwtSecret),
    fingerprint: keyedHash(`${route}\n${text}`, jwtSecret),
  }
}
