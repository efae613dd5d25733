import { createValue } from '../api/value.ts'
import type { Language } from '../text/i18n.ts'

const storageKey = 'aichat.visitor-language'

/** The language somebody chose in this browser before signing in; null: none. */
export const visitorLanguageValue = createValue<Language | null>(read())

/** Changes the language for whoever has no preference of their own. */
export function chooseVisitorLanguage(language: Language) {
  visitorLanguageValue.set(language)
  try {
    localStorage.setItem(storageKey, language)
  } catch {
    // It lasts as long as the page then.
  }
}

function read(): Language | null {
  try {
    const stored = localStorage.getItem(storageKey)
    return stored === 'en' || stored === 'zh-CN' ? stored : null
  } catch {
    return null
  }
}
