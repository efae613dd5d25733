import { brandingValue, followRevision, loadBranding } from '../api/branding.ts'
import { loadMe, meValue, setMe, updatePreferences } from '../api/me.ts'
import { onSignedOut } from '../api/signed-out.ts'
import { createValue } from '../api/value.ts'
import { currentLanguage, languageOf, rememberedLanguage, setLanguage } from '../text/i18n.ts'
import { applyLook, watchSystemTheme } from '../ui/look.ts'
import { chosenLook } from './chosen-look.ts'
import { noteAccount, onOtherAccount } from './known-account.ts'
import { visitorLanguageValue } from './visitor-language.ts'

/** The session of whoever uses the page ended while it was open. */
export const sessionEndedValue = createValue(false)

/** Guests were let in when the page was opened, and are not any more. */
export const guestsEndedValue = createValue(false)

/** Finds out who is here and shows the page their way from then on. */
export async function startSession(): Promise<void> {
  const known = Promise.all([loadMe(), loadBranding()])
  // Texts first: without them not even a failure could be told.
  known.catch(() => {})
  await setLanguage(rememberedLanguage())
  const [me] = await known
  if (me.actor?.type === 'user') noteAccount(me.actor.id)
  await showAsChosen()
  meValue.subscribe(showAsChosen)
  brandingValue.subscribe(showAsChosen)
  visitorLanguageValue.subscribe(showAsChosen)
  watchSystemTheme()
  onOtherAccount(() => void loadMe().catch(() => {}))
  onSignedOut(() => {
    const { actor } = meValue.get()
    if (actor?.type === 'user') sessionEndedValue.set(true)
    else if (actor) renewGuest().catch(() => {})
  })
  followRevision(me.settingsRevision).catch(() => {})
  tellTimeZone()
}

/** Prompts name the time where somebody is, until they say that they want another. */
export function tellTimeZone() {
  const { actor, preferences } = meValue.get()
  if (actor?.type !== 'user' || preferences?.timeZone !== null) return
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  updatePreferences({ timeZone }).catch(() => {})
}

let renewing: Promise<void> | null = null

/** A guest is not let in any more: the server makes them another one, or wants an account now. */
function renewGuest(): Promise<void> {
  renewing ??= Promise.all([loadMe(), loadBranding()])
    .then(([{ actor }, branding]) => {
      guestsEndedValue.set(actor === null)
      // What is known of the brand may be some seconds older.
      if (actor === null) brandingValue.set({ ...branding, guests: false })
    })
    .finally(() => {
      renewing = null
    })
  return renewing
}

/** The page goes on as a visitor's. */
export function forgetSession() {
  sessionEndedValue.set(false)
  const { settingsRevision, serverTime } = meValue.get()
  setMe({
    actor: null,
    capabilities: [],
    quota: null,
    preferences: null,
    settingsRevision,
    serverTime,
  })
}

async function showAsChosen(): Promise<void> {
  const { theme, fontSize, language: choice } = chosenLook()
  const { accentColor } = brandingValue.get()
  applyLook({ theme, fontSize, accentColor })
  const language = languageOf(choice)
  if (language !== currentLanguage()) await setLanguage(language)
}
