import type { Id } from '#contract/ids.ts'
import { overrideModels, resetModels, type ModelOverride } from '#contract/models.ts'
import { call } from '../api/call.ts'
import { idsPerRequest, inBatches } from './bulk-draft.ts'

/** Lays one patch over many models; tells how many there were. */
export async function overrideAll(
  ids: readonly Id<'model'>[],
  patch: ModelOverride,
): Promise<number> {
  let sum = 0
  for (const batch of inBatches(ids, idsPerRequest)) {
    sum += (await call(overrideModels, { body: { ids: batch, patch } })).updated
  }
  return sum
}

/** Takes the overrides of many models away; tells how many had one. */
export async function resetSome(ids: readonly Id<'model'>[]): Promise<number> {
  let sum = 0
  for (const batch of inBatches(ids, idsPerRequest)) {
    sum += (await call(resetModels, { body: { ids: batch } })).reset
  }
  return sum
}
