import { accentFor, type Theme } from './accent.ts'

export type ThemeChoice = 'system' | Theme
export type FontSize = 'small' | 'normal' | 'large'

/** How the page looks; what boot.js reads back before the first paint of the next load. */
export interface Look {
  theme: ThemeChoice
  fontSize: FontSize
  accentColor: string
}

/** Shared with public/boot.js, which cannot import. */
const storageKey = 'aichat.look'
const systemDark = '(prefers-color-scheme: dark)'

let current: Look = { theme: 'system', fontSize: 'normal', accentColor: '#2563eb' }

/** Shows `look` at once and remembers it for the next load. */
export function applyLook(look: Look) {
  current = look
  const theme = themeOf(look.theme)
  const root = document.documentElement
  root.dataset.theme = theme
  root.dataset.fontSize = look.fontSize
  const accents = { light: variables(look, 'light'), dark: variables(look, 'dark') }
  for (const [name, value] of Object.entries(accents[theme])) root.style.setProperty(name, value)
  remember(JSON.stringify({ theme: look.theme, fontSize: look.fontSize, accents }))
}

/** Follows the system between light and dark while the choice is `system`. */
export function watchSystemTheme() {
  matchMedia(systemDark).addEventListener('change', () => applyLook(current))
}

function themeOf(choice: ThemeChoice): Theme {
  if (choice !== 'system') return choice
  return matchMedia(systemDark).matches ? 'dark' : 'light'
}

function variables(look: Look, theme: Theme): Record<string, string> {
  const { solid, on, text } = accentFor(look.accentColor, theme)
  return { '--accent-solid': solid, '--accent-on': on, '--accent-text': text }
}

function remember(look: string) {
  try {
    localStorage.setItem(storageKey, look)
  } catch {
    // A browser that keeps nothing paints the default first; the page works all the same.
  }
}
