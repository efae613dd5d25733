import { describe, expect, it } from 'vitest'
import { keyAction, type ComposerKey, type ComposerSituation } from './composer-keys.ts'

const press = (key: string, over: Partial<ComposerKey> = {}): ComposerKey => ({
  key,
  keyCode: 13,
  isComposing: false,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...over,
})
const situation = (over: Partial<ComposerSituation> = {}): ComposerSituation => ({
  sendKey: 'enter',
  isEmpty: false,
  sinceCompositionMs: null,
  ...over,
})

describe('Enter', () => {
  it('sends where Enter sends, and breaks the line where it does not', () => {
    expect(keyAction(press('Enter'), situation())).toBe('send')
    expect(keyAction(press('Enter'), situation({ sendKey: 'ctrl-enter' }))).toBeNull()
  })

  it('sends with Ctrl or Command either way', () => {
    for (const sendKey of ['enter', 'ctrl-enter'] as const) {
      expect(keyAction(press('Enter', { ctrlKey: true }), situation({ sendKey }))).toBe('send')
      expect(keyAction(press('Enter', { metaKey: true }), situation({ sendKey }))).toBe('send')
    }
  })

  it('breaks the line with Shift, and leaves retrying with Ctrl+Shift to its shortcut', () => {
    expect(keyAction(press('Enter', { shiftKey: true }), situation())).toBeNull()
    expect(keyAction(press('Enter', { shiftKey: true, ctrlKey: true }), situation())).toBeNull()
  })
})

describe('an input method', () => {
  it('keeps the Enter that picks a candidate', () => {
    expect(keyAction(press('Enter', { isComposing: true }), situation())).toBeNull()
    expect(keyAction(press('Enter', { keyCode: 229 }), situation())).toBeNull()
    expect(keyAction(press('Process', { keyCode: 229 }), situation())).toBeNull()
  })

  it('keeps the Enter that Safari reports only after the composition has ended', () => {
    expect(keyAction(press('Enter'), situation({ sinceCompositionMs: 3 }))).toBeNull()
    expect(keyAction(press('Enter'), situation({ sinceCompositionMs: 300 }))).toBe('send')
  })
})

describe('the up arrow', () => {
  it('edits the last message from an empty composer only', () => {
    expect(keyAction(press('ArrowUp'), situation({ isEmpty: true }))).toBe('edit-last')
    expect(keyAction(press('ArrowUp'), situation())).toBeNull()
    expect(keyAction(press('ArrowUp', { altKey: true }), situation({ isEmpty: true }))).toBeNull()
  })
})
