import { Buffer } from 'node:buffer'
import type { Embedded } from '../../providers/provider.ts'

export type EmbeddingEncoding = 'float' | 'base64'

/** The body that answers a call for embeddings. `inputTokens` is what was settled. */
export function embeddingsBody(
  { vectors, usage }: Embedded,
  model: string,
  encoding: EmbeddingEncoding,
  inputTokens: number = usage?.inputTokens ?? 0,
): object {
  return {
    object: 'list',
    data: vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: encoding === 'base64' ? base64Of(vector) : vector,
    })),
    model,
    usage: { prompt_tokens: inputTokens, total_tokens: inputTokens },
  }
}

/** The numbers as little-endian floats of 32 bits, one after the other. */
function base64Of(vector: readonly number[]): string {
  const bytes = new DataView(new ArrayBuffer(vector.length * 4))
  for (const [index, value] of vector.entries()) bytes.setFloat32(index * 4, value, true)
  return Buffer.from(bytes.buffer).toString('base64')
}
