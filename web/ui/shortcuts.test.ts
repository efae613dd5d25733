import { describe, expect, it } from 'vitest'
import { isShortcut, keysOf, shortcuts, type ShortcutId } from './shortcuts.ts'

const none = { metaKey: false, ctrlKey: false, shiftKey: false, altKey: false }

it('takes Command on a Mac for what is Control elsewhere', () => {
  const press = { ...none, key: 'b' }
  expect(isShortcut('toggleSidebar', { ...press, ctrlKey: true }, false)).toBe(true)
  expect(isShortcut('toggleSidebar', { ...press, metaKey: true }, true)).toBe(true)
  expect(isShortcut('toggleSidebar', { ...press, ctrlKey: true }, true)).toBe(false)
  expect(isShortcut('toggleSidebar', press, false)).toBe(false)
})

it('tells letters apart by Shift, whatever the case they arrive in', () => {
  const press = { ...none, key: 'O', ctrlKey: true }
  expect(isShortcut('newConversation', { ...press, shiftKey: true }, false)).toBe(true)
  expect(isShortcut('newConversation', press, false)).toBe(false)
})

it('accepts a character however the keyboard makes it', () => {
  expect(isShortcut('focusComposer', { ...none, key: '/' }, false)).toBe(true)
  expect(isShortcut('focusComposer', { ...none, key: '/', shiftKey: true }, false)).toBe(true)
  expect(isShortcut('chooseModel', { ...none, key: '/', ctrlKey: true }, false)).toBe(true)
  expect(isShortcut('focusComposer', { ...none, key: '/', ctrlKey: true }, false)).toBe(false)
})

it('names keys as the keyboard does', () => {
  expect(keysOf('newConversation', false)).toEqual(['Ctrl', 'Shift', 'O'])
  expect(keysOf('newConversation', true)).toEqual(['⌘', '⇧', 'O'])
  expect(keysOf('previousConversation', false)).toEqual(['Alt', '↑'])
})

describe('the list', () => {
  const ids = Object.keys(shortcuts) as ShortcutId[]
  it.each(ids)('gives %s keys of its own', (id) => {
    const keys = keysOf(id, false).join('+')
    expect(ids.filter((other) => keysOf(other, false).join('+') === keys)).toEqual([id])
  })
})
