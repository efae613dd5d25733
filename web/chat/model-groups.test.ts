import { expect, it } from 'vitest'
import { fakeModel } from './fake-model.ts'
import { firstOf, modelGroups } from './model-groups.ts'

const others = Array.from({ length: 5 }, (_, index) =>
  fakeModel(`other-${index}`, { channel: 'Z' }),
)
const models = [
  fakeModel('gpt-5', { label: 'GPT-5', channel: 'OpenAI' }),
  fakeModel('r1', { label: 'Reasoner', channel: 'DeepSeek' }),
  fakeModel('gpt-mini', { label: 'GPT mini', channel: 'OpenAI' }),
  ...others,
]
const [gpt, r1, mini] = models as [(typeof models)[0], (typeof models)[0], (typeof models)[0]]
const keysOf = (search: string, favourites: string[] = [], recent: string[] = []) =>
  modelGroups(models, search, { favourites: favourites as never, recent: recent as never }).map(
    ({ key, models: members }) => [key, members.map(({ name }) => name)],
  )

it('puts favourites first, then recent ones that are none, then every channel', () => {
  expect(keysOf('', [mini.id], [mini.id, r1.id])).toEqual([
    ['favourites', ['gpt-mini']],
    ['recent', ['r1']],
    ['channel:OpenAI', ['gpt-5', 'gpt-mini']],
    ['channel:DeepSeek', ['r1']],
    ['channel:Z', others.map(({ name }) => name)],
  ])
})

it('shows no model twice where all can be seen at once', () => {
  const few = models.slice(0, 3)
  const marks = { favourites: [gpt.id], recent: [r1.id] }
  expect(modelGroups(few, '', marks).map(({ key }) => key)).toEqual([
    'channel:OpenAI',
    'channel:DeepSeek',
  ])
})

it('finds every word in name, label or channel, and each model once', () => {
  expect(keysOf('openai mini', [mini.id], [gpt.id])).toEqual([['channel:OpenAI', ['gpt-mini']]])
  expect(keysOf('REASON')).toEqual([['channel:DeepSeek', ['r1']]])
  expect(keysOf('nothing')).toEqual([])
})

it('leaves the models that surely have every ability asked for', () => {
  const able = fakeModel('able', {
    capabilities: { ...gpt.capabilities, vision: true, tools: true },
  })
  const blind = fakeModel('blind', { capabilities: { ...gpt.capabilities, vision: false } })
  const found = (abilities: ('vision' | 'tools' | 'reasoning')[]) =>
    modelGroups([gpt, able, blind], '', { favourites: [], recent: [], abilities }).flatMap(
      ({ models: members }) => members.map(({ name }) => name),
    )
  expect(found(['vision'])).toEqual(['able'])
  expect(found(['vision', 'tools'])).toEqual(['able'])
  expect(found(['vision', 'reasoning'])).toEqual([])
  expect(found([])).toHaveLength(3)
})

it('leaves out marks of models that are gone', () => {
  expect(keysOf('', [fakeModel('gone').id])[0]?.[0]).toBe('channel:OpenAI')
})

it('shows a long list from its beginning, in its groups', () => {
  const groups = modelGroups(models, '', { favourites: [], recent: [] })
  const counts = (count: number) =>
    firstOf(groups, count).map(({ key, models: members }) => [key, members.length])
  expect(counts(0)).toEqual([])
  expect(counts(3)).toEqual([
    ['channel:OpenAI', 2],
    ['channel:DeepSeek', 1],
  ])
  expect(counts(5).at(-1)).toEqual(['channel:Z', 2])
  expect(firstOf(groups, 100)).toEqual(groups)
})
