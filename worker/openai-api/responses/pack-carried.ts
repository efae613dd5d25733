import { Buffer } from 'node:buffer'
import type { ProviderId } from '../../contract/connections.ts'
import { jsonIn, listOf } from '../../providers/narrow.ts'

/** Tells what was packed here from what OpenAI itself has sealed. */
const mark = 'aichat'

/**
 * A provider's own records of its reasoning, as one opaque text that goes back and forth with a
 * reasoning item. It is the provider's to know whether it wrote them: they are signed or sealed.
 */
export function packCarried(provider: ProviderId, carried: readonly unknown[]): string {
  return `${mark}.${provider}.${Buffer.from(JSON.stringify(carried)).toString('base64url')}`
}

/** The records in such a text; none where they are of another provider, or not ours. */
export function unpackCarried(provider: ProviderId, packed: string): readonly unknown[] {
  const [marked, of, body = ''] = packed.split('.')
  if (marked !== mark || of !== provider) return []
  return listOf(jsonIn(Buffer.from(body, 'base64url').toString()))
}

export function isPacked(text: string): boolean {
  return text.startsWith(`${mark}.`)
}
