import {
  signIn as signInEndpoint,
  signOut as signOutEndpoint,
  signUp as signUpEndpoint,
  type Me,
  type User,
} from '#contract/accounts.ts'
import { brandingValue, followRevision, loadBranding } from '../api/branding.ts'
import { call } from '../api/call.ts'
import { loadMe, meValue, setMe } from '../api/me.ts'
import { onSignedOut } from '../api/signed-out.ts'
import { createValue } from '../api/value.ts'
import { currentLanguage, languageOf, rememberedLanguage, setLanguage } from '../text/i18n.ts'
import { applyLook, watchSystemTheme } from '../ui/look.ts'
import { visitorLanguageValue } from './visitor-language.ts'

/** The session of whoever uses the page ended while it was open. */
export const sessionEndedValue = createValue(false)

/** Finds out who is here and shows the page their way from then on. */
export async function startSession(): Promise<void> {
  const known = Promise.all([loadMe(), loadBranding()])
  // Texts first: without them not even a failure could be told.
  known.catch(() => {})
  await setLanguage(rememberedLanguage())
  const [me] = await known
  await showAsChosen()
  meValue.subscribe(showAsChosen)
  brandingValue.subscribe(showAsChosen)
  visitorLanguageValue.subscribe(showAsChosen)
  watchSystemTheme()
  onSignedOut(() => {
    if (meValue.get().actor !== null) sessionEndedValue.set(true)
  })
  followRevision(me.settingsRevision).catch(() => {})
}

interface Credentials {
  username: string
  password: string
  remember: boolean
}

/** Rejects with `Refused` when the credentials, or the state of the account, do not allow it. */
export async function signIn({ username, password, remember }: Credentials): Promise<Me> {
  const me = await call(signInEndpoint, {
    body: { username: username.trim(), password, remember, keepGuestConversations: true },
  })
  setMe(me)
  sessionEndedValue.set(false)
  return me
}

interface SignUp {
  username: string
  password: string
  note: string
  setupToken: string
}

/** Creates an account, and signs in with it unless it has to be approved first. */
export async function signUp(input: SignUp): Promise<{ user: User; signedIn: boolean }> {
  const { username, password, note, setupToken } = input
  const reply = await call(signUpEndpoint, {
    body: {
      username: username.trim(),
      password,
      ...(note.trim() && { note: note.trim() }),
      ...(setupToken.trim() && { setupToken: setupToken.trim() }),
      keepGuestConversations: true,
    },
  })
  if (reply.signedIn) await loadMe()
  // From now on there is an account, and whoever signs out can sign in again.
  brandingValue.set({ ...brandingValue.get(), setup: false })
  return reply
}

/** Ends the session here and now. Drafts stay in the browser. */
export async function signOut(): Promise<void> {
  await call(signOutEndpoint)
  forgetSession()
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
  const { preferences } = meValue.get()
  const branding = brandingValue.get()
  applyLook({
    theme: preferences?.theme ?? branding.theme,
    fontSize: preferences?.fontSize ?? 'normal',
    accentColor: branding.accentColor,
  })
  const language = languageOf(
    preferences?.language ?? visitorLanguageValue.get() ?? branding.language,
  )
  if (language !== currentLanguage()) await setLanguage(language)
}
