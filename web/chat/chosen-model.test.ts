import { expect, it } from 'vitest'
import { chosenModel } from './chosen-model.ts'
import { fakeModel } from './fake-model.ts'

const [a, b, c] = [fakeModel('a'), fakeModel('b'), fakeModel('c')]
const gone = fakeModel('gone').id

it("asks the conversation's model before the preferred one", () => {
  expect(chosenModel([a, b, c], c.id, b.id)).toEqual({ model: c, isReplacement: false })
  expect(chosenModel([a, b, c], null, b.id)).toEqual({ model: b, isReplacement: false })
})

it('takes the first usable model when nothing was chosen', () => {
  const off = { ...a, available: false }
  expect(chosenModel([off, b], null, null)).toEqual({ model: b, isReplacement: false })
})

it('says so when a stand-in takes the place of a model that is gone', () => {
  expect(chosenModel([a, b], null, gone)).toEqual({ model: a, isReplacement: true })
  expect(chosenModel([a, b], gone, b.id)).toEqual({ model: b, isReplacement: true })
  expect(chosenModel([a, { ...b, available: false }], b.id, null)).toEqual({
    model: a,
    isReplacement: true,
  })
})

it('has nothing to ask where no model is usable', () => {
  expect(chosenModel([], null, null).model).toBeNull()
})
