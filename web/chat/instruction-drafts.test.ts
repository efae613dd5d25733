import { expect, it } from 'vitest'
import { draftAfter } from './instruction-drafts.ts'

it('remembers over what the first character was typed', () => {
  const first = draftAfter(null, 'B', null)
  expect(first).toEqual({ text: 'B', base: null })
  expect(draftAfter(first, 'Be', 'changed elsewhere')).toEqual({ text: 'Be', base: null })
})

it('is none once the text is what is stored', () => {
  expect(draftAfter({ text: 'Be', base: 'B' }, 'B', 'B')).toBeNull()
  expect(draftAfter({ text: 'Be', base: null }, '', null)).toBeNull()
})

it('begins anew over what is stored then', () => {
  expect(draftAfter(null, 'Be', 'B')).toEqual({ text: 'Be', base: 'B' })
})
