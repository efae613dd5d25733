import { useEffect, useRef } from 'react'

interface Shortcut {
  key: string
  /** Control, or Command on a Mac. */
  mod?: true
  shift?: true
  alt?: true
}

/** Every shortcut there is: tooltips, menus and the list of shortcuts all read this. */
export const shortcuts = {
  newConversation: { key: 'o', mod: true, shift: true },
  toggleSidebar: { key: 'b', mod: true },
  toggleDetails: { key: '.', mod: true },
  chooseModel: { key: '/', mod: true },
  focusComposer: { key: '/' },
  stop: { key: 'Escape' },
  editLast: { key: 'ArrowUp' },
  copyLast: { key: ';', mod: true },
  retryLast: { key: 'Enter', mod: true, shift: true },
  previousConversation: { key: 'ArrowUp', alt: true },
  nextConversation: { key: 'ArrowDown', alt: true },
  listShortcuts: { key: '?' },
} as const satisfies Record<string, Shortcut>

export type ShortcutId = keyof typeof shortcuts

const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform)

const names: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Enter: 'Enter',
}

/** The keys of a shortcut as this computer's keyboard is labelled, one entry a key. */
export function keysOf(id: ShortcutId, mac = isMac()): string[] {
  const { key, mod, shift, alt }: Shortcut = shortcuts[id]
  return [
    ...(mod ? [mac ? '⌘' : 'Ctrl'] : []),
    ...(alt ? [mac ? '⌥' : 'Alt'] : []),
    ...(shift ? [mac ? '⇧' : 'Shift'] : []),
    names[key] ?? key.toUpperCase(),
  ]
}

/** The same as one text for a tooltip. */
export function keysText(id: ShortcutId): string {
  const mac = isMac()
  return keysOf(id, mac).join(mac ? '' : '+')
}

interface Keys {
  key: string
  metaKey: boolean
  ctrlKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/** Whether `event` is the shortcut. Where a layout needs Shift for a character, Shift is free. */
export function isShortcut(id: ShortcutId, event: Keys, mac = isMac()): boolean {
  const { key, shift, ...held }: Shortcut = shortcuts[id]
  const mod = held.mod ?? false
  const alt = held.alt ?? false
  if (event.key.toLowerCase() !== key.toLowerCase()) return false
  if ((mac ? event.metaKey : event.ctrlKey) !== mod) return false
  if ((mac ? event.ctrlKey : event.metaKey) || event.altKey !== alt) return false
  const isSymbol = key.length === 1 && !/[a-z]/i.test(key)
  return isSymbol || event.shiftKey === (shift ?? false)
}

/**
 * Calls `act` when the shortcut is pressed anywhere on the page, unless a dialog is open or, for
 * keys that type something, a text is being written. Returning false leaves the key to the browser.
 */
export function useShortcut(id: ShortcutId, act: () => boolean | void) {
  const ref = useRef(act)
  useEffect(() => {
    ref.current = act
  })
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing || !isShortcut(id, event)) return
      if (document.querySelector('dialog[open]')) return
      if (isTyped(shortcuts[id]) && isWriting(event.target)) return
      if (ref.current() !== false) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [id])
}

function isTyped({ key, mod, alt }: Shortcut): boolean {
  return key.length === 1 && !mod && !alt
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  )
}
