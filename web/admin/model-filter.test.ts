import { expect, it } from 'vitest'
import { newId } from '#contract/ids.ts'
import { fakeManagedModel } from './fake-managed-model.ts'
import { channelsOf, filterModels, type ModelFilter } from './model-filter.ts'

const elsewhere = newId('connection')
const models = [
  fakeManagedModel('gpt-5', { label: 'GPT-5', tags: ['fast'] }),
  fakeManagedModel('gpt-old', { goneAt: 5, hidden: true }),
  fakeManagedModel('eu.r1', { label: 'Reasoner', channel: 'Europe', connectionId: elsewhere }),
  fakeManagedModel('embed', { kind: 'embedding', override: { tags: ['x'] } }),
]
const namesOf = (filter: Partial<ModelFilter>) =>
  filterModels(models, { search: '', connectionId: null, marks: [], ...filter }).map(
    ({ name }) => name,
  )

it('finds every word in name, label, connection or tags, in any case', () => {
  expect(namesOf({ search: '' })).toHaveLength(4)
  expect(namesOf({ search: 'FAST gpt' })).toEqual(['gpt-5'])
  expect(namesOf({ search: 'europe reason' })).toEqual(['eu.r1'])
  expect(namesOf({ search: 'gpt europe' })).toEqual([])
})

it('shows those that have every mark asked for', () => {
  expect(namesOf({ marks: ['gone'] })).toEqual(['gpt-old'])
  expect(namesOf({ marks: ['gone', 'hidden'] })).toEqual(['gpt-old'])
  expect(namesOf({ marks: ['embedding', 'overridden'] })).toEqual(['embed'])
  expect(namesOf({ marks: ['gone', 'embedding'] })).toEqual([])
})

it('shows those that somebody else may use than most', () => {
  const open = fakeManagedModel('open', {
    access: { guest: 'allow', user: 'inherit' },
    resolvedAccess: {
      guest: { decision: 'allow', source: 'override' },
      user: { decision: 'deny', source: 'default' },
    },
  })
  for (const mark of ['forGuests', 'notForUsers', 'ownAccess'] as const) {
    expect(
      filterModels([...models, open], { search: '', connectionId: null, marks: [mark] }),
    ).toEqual([open])
  }
})

it('narrows to one connection, which is one that has models', () => {
  expect(channelsOf(models).map(({ name, models: count }) => [name, count])).toEqual([
    ['Main', 3],
    ['Europe', 1],
  ])
  expect(namesOf({ connectionId: elsewhere })).toEqual(['eu.r1'])
})
