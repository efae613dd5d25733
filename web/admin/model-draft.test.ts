import { describe, expect, it } from 'vitest'
import { fakeManagedModel } from './fake-managed-model.ts'
import { blankDraft, draftOfModel, originalOf, patchOfModel, unfitFields } from './model-draft.ts'

const plain = fakeManagedModel('gpt-5')
const changed = fakeManagedModel('gpt-5', {
  override: {
    label: 'Ours',
    hidden: true,
    tags: ['fast'],
    capabilities: { vision: false },
    contextWindow: 20_000,
    efforts: ['low'],
    price: { input: 2.5 },
    access: { guest: 'allow' },
  },
})

describe('what is said of a model', () => {
  it('sends nothing when nothing was changed', () => {
    expect(patchOfModel(draftOfModel(changed), changed)).toEqual({})
    expect(patchOfModel(draftOfModel(plain), plain)).toEqual({})
  })

  it('sends only the fields that differ', () => {
    const draft = { ...draftOfModel(changed), contextWindow: '16 384', label: ' Theirs ' }
    expect(patchOfModel(draft, changed)).toEqual({ contextWindow: 16_384, label: 'Theirs' })
  })

  it('returns every field to its source by null', () => {
    expect(patchOfModel(blankDraft, changed)).toMatchObject({
      label: null,
      hidden: null,
      tags: null,
      capabilities: { vision: null },
      contextWindow: null,
      efforts: null,
      price: { input: null },
      access: { guest: null },
    })
  })

  it('tells no tags at all from the tags of the connection', () => {
    expect(patchOfModel({ ...draftOfModel(plain), tags: '' }, plain)).toEqual({ tags: [] })
    expect(patchOfModel({ ...draftOfModel(plain), efforts: [] }, plain)).toEqual({ efforts: [] })
  })

  it('names the fields in which something was typed that cannot be meant', () => {
    expect(unfitFields(draftOfModel(changed))).toEqual([])
    const draft = {
      ...blankDraft,
      contextWindow: '12',
      outputTokens: '0',
      price: { input: 'free', output: '1', cachedInput: '' },
    }
    expect(unfitFields(draft)).toEqual(['contextWindow', 'outputTokens', 'input'])
  })
})

it('returns a model without override to what it is', () => {
  expect(originalOf(plain)).toMatchObject({ label: 'gpt-5', contextWindow: 32_768, efforts: null })
})
