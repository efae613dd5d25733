import type { Preferences } from '#contract/preferences.ts'

/** What a key press in the composer is to do; null leaves it to the browser. */
export type KeyAction = 'send' | 'edit-last' | null

export interface ComposerKey {
  key: string
  keyCode: number
  isComposing: boolean
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

export interface ComposerSituation {
  sendKey: Preferences['sendKey']
  isEmpty: boolean
  /** Since an input method last put its text in; null when it never did. */
  sinceCompositionMs: number | null
}

/** The code browsers report for keys that an input method takes. */
const inputMethodKeyCode = 229
/** Safari ends a composition before it reports the Enter that ended it. No one types this fast. */
const lateEnterMs = 40

/** Decides what `key` does. Keys that belong to an input method never do anything else. */
export function keyAction(key: ComposerKey, situation: ComposerSituation): KeyAction {
  if (key.isComposing || key.keyCode === inputMethodKeyCode) return null
  if (key.key === 'Enter') return isSend(key, situation) ? 'send' : null
  const isPlain = !key.shiftKey && !key.ctrlKey && !key.metaKey && !key.altKey
  if (key.key === 'ArrowUp' && isPlain && situation.isEmpty) return 'edit-last'
  return null
}

function isSend(key: ComposerKey, { sendKey, sinceCompositionMs }: ComposerSituation): boolean {
  if (sinceCompositionMs !== null && sinceCompositionMs < lateEnterMs) return false
  if (key.shiftKey || key.altKey) return false
  return key.ctrlKey || key.metaKey || sendKey === 'enter'
}
