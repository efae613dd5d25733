import { expect, it } from 'vitest'
import { nextInMenu } from './menu-keys.ts'

const items = ['Rename', 'Pin', 'Select several', 'Delete']

it.each([
  ['ArrowDown', -1, 0],
  ['ArrowDown', 3, 0],
  ['ArrowUp', 0, 3],
  ['ArrowUp', -1, 3],
  ['Home', 2, 0],
  ['End', 0, 3],
  ['d', 0, 3],
  ['P', 3, 1],
  ['r', 0, 0],
])('%s from item %i leads to item %i', (key, at, expected) => {
  expect(nextInMenu(items, at, key)).toBe(expected)
})

it.each(['x', 'Enter', ' ', 'Tab'])('%j leads nowhere', (key) => {
  expect(nextInMenu(items, 0, key)).toBeNull()
})

it('leads nowhere in an empty menu', () => {
  expect(nextInMenu([], -1, 'ArrowDown')).toBeNull()
})
