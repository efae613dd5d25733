import { Fault } from '../platform/fault.ts'
import { listOf } from './narrow.ts'
import type { EmbeddingRequest } from './provider.ts'
import { badReply } from './provider-faults.ts'

/**
 * The vectors a reply holds, one for each text. Refuses `provider_bad_reply` where some are missing,
 * and `model_unsuitable` where they are of another length than was asked.
 */
export function vectorsIn(
  value: unknown,
  { inputs, dimensions }: Pick<EmbeddingRequest, 'inputs' | 'dimensions'>,
): number[][] {
  const vectors = listOf(value).filter(isVector)
  if (vectors.length !== inputs.length) throw badReply('other JSON instead of embeddings')
  const other = vectors.find(({ length }) => dimensions !== null && length !== dimensions)
  if (!other) return vectors
  const message = `This model makes vectors of ${other.length} dimensions, not of ${dimensions}.`
  throw new Fault('model_unsuitable', {
    capability: 'embeddings',
    parameter: 'dimensions',
    provider: { status: 200, message },
  })
}

function isVector(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => Number.isFinite(each))
}
