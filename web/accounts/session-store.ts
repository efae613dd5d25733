import {
  getMe,
  signIn as signInEndpoint,
  signOut as signOutEndpoint,
  signUp as signUpEndpoint,
  type Me,
  type User,
} from '#contract/accounts.ts'
import { brandingValue, followRevision, loadBranding } from '../api/branding.ts'
import { call } from '../api/call.ts'
import { handOverDraft } from '../api/guest-draft.ts'
import { guestChoices } from '../api/guest-preferences.ts'
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
function tellTimeZone() {
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

/** Goes on without an account, after having had one or been asked for one. */
export async function continueAsGuest(): Promise<void> {
  if (meValue.get().actor === null) await loadMe()
  noteAccount(null)
}

export interface Credentials {
  username: string
  password: string
  remember: boolean
  keepGuestConversations: boolean
}

/** Rejects with `Refused` when the credentials, or the state of the account, do not allow it. */
export async function signIn(credentials: Credentials): Promise<Me> {
  const body = { ...credentials, username: credentials.username.trim() }
  const me = await call(signInEndpoint, { body })
  enter(me, credentials.keepGuestConversations)
  return me
}

function enter(me: Me, keepsGuest: boolean) {
  if (me.actor && keepsGuest && meValue.get().actor?.type !== 'user') handOverDraft(me.actor.id)
  noteAccount(me.actor?.id ?? null)
  setMe(me)
  sessionEndedValue.set(false)
  guestsEndedValue.set(false)
  tellTimeZone()
}

/** Somebody may have signed in again in another tab: then this one goes on as well. */
export async function checkSession(): Promise<void> {
  const { actor } = await loadMe()
  if (actor?.type === 'user') sessionEndedValue.set(false)
}

interface SignUp {
  username: string
  password: string
  note: string
  setupToken: string
  keepGuestConversations: boolean
}

/** Creates an account, and signs in with it unless it has to be approved first. */
export async function signUp(input: SignUp): Promise<{ user: User; signedIn: boolean }> {
  const { username, password, note, setupToken, keepGuestConversations } = input
  const reply = await call(signUpEndpoint, {
    body: {
      username: username.trim(),
      password,
      ...(note.trim() && { note: note.trim() }),
      ...(setupToken.trim() && { setupToken: setupToken.trim() }),
      keepGuestConversations,
    },
  })
  if (reply.signedIn) {
    enter(await call(getMe), keepGuestConversations)
    // Whoever has just made an account would wonder where their choices are.
    const choices = guestChoices()
    if (Object.keys(choices).length > 0) updatePreferences(choices).catch(() => {})
  }
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
  const { theme, fontSize, language: choice } = chosenLook()
  const { accentColor } = brandingValue.get()
  applyLook({ theme, fontSize, accentColor })
  const language = languageOf(choice)
  if (language !== currentLanguage()) await setLanguage(language)
}
