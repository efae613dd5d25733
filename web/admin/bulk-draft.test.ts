import { expect, it } from 'vitest'
import { bulkPatchOf, inBatches, unfitLimits, untouched, type BulkDraft } from './bulk-draft.ts'

const patch = (change: Partial<BulkDraft>) => bulkPatchOf({ ...untouched, ...change })

it('says nothing of what is left as it is', () => {
  expect(bulkPatchOf(untouched)).toEqual({})
})

it('tells leaving, resetting and setting apart in every field', () => {
  expect(
    patch({
      tags: { type: 'set', text: 'fast, cheap' },
      capabilities: { ...untouched.capabilities, vision: 'yes', tools: 'no', files: 'reset' },
      contextWindow: { type: 'set', text: '65,536' },
      outputTokens: { type: 'reset' },
      hidden: 'yes',
      access: { user: 'deny', guest: 'leave' },
    }),
  ).toEqual({
    tags: ['fast', 'cheap'],
    capabilities: { vision: true, tools: false, files: null },
    contextWindow: 65_536,
    outputTokens: null,
    hidden: true,
    access: { user: 'deny' },
  })
  expect(patch({ tags: { type: 'reset' }, hidden: 'no' })).toEqual({ tags: null, hidden: null })
  expect(patch({ access: { user: 'inherit', guest: 'allow' } })).toEqual({
    access: { user: null, guest: 'allow' },
  })
})

it('minds a limit to be set that is none', () => {
  const draft: BulkDraft = {
    ...untouched,
    contextWindow: { type: 'set', text: '' },
    outputTokens: { type: 'set', text: '100' },
  }
  expect(unfitLimits(draft)).toEqual(['contextWindow'])
  expect(unfitLimits(untouched)).toEqual([])
})

it('asks for as many models at a time as a request takes', () => {
  expect(inBatches([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
  expect(inBatches([], 2)).toEqual([])
})
