const itemSelector = '[role^="menuitem"]'

/**
 * Moves focus in a menu by `key`: arrows (round the ends), Home, End, or a printable character
 * that begins an item's text. Says whether the key was one of these.
 */
export function moveInMenu(menu: HTMLElement, key: string): boolean {
  const items = Array.from(menu.querySelectorAll<HTMLElement>(itemSelector))
  const texts = items.map((item) => item.textContent ?? '')
  const at = items.indexOf(document.activeElement as HTMLElement)
  const next = nextInMenu(texts, at, key)
  if (next === null) return false
  items[next]?.focus({ preventScroll: false })
  return true
}

/** The index `key` leads to from `at` (-1: none yet), or null when it leads nowhere. */
export function nextInMenu(texts: string[], at: number, key: string): number | null {
  const count = texts.length
  if (count === 0) return null
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return (at + 1) % count
    case 'ArrowUp':
    case 'ArrowLeft':
      return at <= 0 ? count - 1 : at - 1
    case 'Home':
    case 'first':
      return 0
    case 'End':
    case 'last':
      return count - 1
    default:
      return key.length === 1 && key !== ' ' ? startingWith(texts, at, key) : null
  }
}

function startingWith(texts: string[], at: number, character: string): number | null {
  const wanted = character.toLowerCase()
  for (let step = 1; step <= texts.length; step++) {
    const index = (at + step) % texts.length
    if (texts[index]?.trim().toLowerCase().startsWith(wanted)) return index
  }
  return null
}
