import {
  capabilityFlags,
  type Audience,
  type CapabilityFlag,
  type ModelOverride,
} from '#contract/models.ts'
import { parseCount } from '../ui/count-text.ts'
import { audiences, contextBounds, outputBounds, tagsOf, type AccessWord } from './model-draft.ts'

/** What is to become of one field of many models: nothing, back to its source, or one value. */
export type TextChoice = { type: 'leave' } | { type: 'reset' } | { type: 'set'; text: string }
export type FlagChoice = 'leave' | 'reset' | 'yes' | 'no'

export interface BulkDraft {
  tags: TextChoice
  capabilities: Record<CapabilityFlag, FlagChoice>
  contextWindow: TextChoice
  outputTokens: TextChoice
  hidden: 'leave' | 'yes' | 'no'
  access: Record<Audience, 'leave' | AccessWord>
}

export const untouched: BulkDraft = {
  tags: { type: 'leave' },
  capabilities: Object.fromEntries(
    capabilityFlags.map((flag) => [flag, 'leave']),
  ) as BulkDraft['capabilities'],
  contextWindow: { type: 'leave' },
  outputTokens: { type: 'leave' },
  hidden: 'leave',
  access: { user: 'leave', guest: 'leave' },
}

/** The limits in which something was typed that is no limit, or nothing at all. */
export function unfitLimits(draft: BulkDraft): ('contextWindow' | 'outputTokens')[] {
  return (['contextWindow', 'outputTokens'] as const).filter((field) => {
    const choice = draft[field]
    return choice.type === 'set' && typeof limitOf(field, choice.text) !== 'number'
  })
}

/** The patch for every model of the selection; empty when every field is left as it is. */
export function bulkPatchOf(draft: BulkDraft): ModelOverride {
  const flags = capabilityFlags.filter((flag) => draft.capabilities[flag] !== 'leave')
  const told = audiences.filter((audience) => draft.access[audience] !== 'leave')
  return {
    ...(draft.tags.type !== 'leave' && {
      tags: draft.tags.type === 'set' ? tagsOf(draft.tags.text) : null,
    }),
    ...(flags.length > 0 && {
      capabilities: Object.fromEntries(flags.map((flag) => [flag, saidBy(draft, flag)])),
    }),
    ...limitPatch(draft, 'contextWindow'),
    ...limitPatch(draft, 'outputTokens'),
    ...(draft.hidden !== 'leave' && { hidden: draft.hidden === 'yes' || null }),
    ...(told.length > 0 && {
      access: Object.fromEntries(told.map((audience) => [audience, wordFor(draft, audience)])),
    }),
  }
}

function saidBy({ capabilities }: BulkDraft, flag: CapabilityFlag): boolean | null {
  const choice = capabilities[flag]
  return choice === 'reset' ? null : choice === 'yes'
}

function wordFor({ access }: BulkDraft, audience: Audience) {
  const word = access[audience]
  return word === 'inherit' ? null : word
}

function limitPatch(draft: BulkDraft, field: 'contextWindow' | 'outputTokens') {
  const choice = draft[field]
  if (choice.type === 'leave') return {}
  if (choice.type === 'reset') return { [field]: null }
  const limit = limitOf(field, choice.text)
  return typeof limit === 'number' ? { [field]: limit } : {}
}

function limitOf(field: 'contextWindow' | 'outputTokens', text: string) {
  const { min, max } = field === 'contextWindow' ? contextBounds : outputBounds
  return parseCount(text, min, max)
}

/** As many ids as one request takes. */
export const idsPerRequest = 500

export function inBatches<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size)
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size))
}
