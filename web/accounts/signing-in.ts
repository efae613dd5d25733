import {
  getMe,
  signIn as signInEndpoint,
  signOut as signOutEndpoint,
  signUp as signUpEndpoint,
  type Me,
  type User,
} from '#contract/accounts.ts'
import { brandingValue } from '../api/branding.ts'
import { call } from '../api/call.ts'
import { handOverDraft } from '../api/guest-draft.ts'
import { guestChoices } from '../api/guest-preferences.ts'
import { loadMe, meValue, setMe, updatePreferences } from '../api/me.ts'
import { noteAccount } from './known-account.ts'
import {
  forgetSession,
  guestsEndedValue,
  sessionEndedValue,
  tellTimeZone,
} from './session-store.ts'

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

/** Goes on without an account, after having had one or been asked for one. */
export async function continueAsGuest(): Promise<void> {
  if (meValue.get().actor === null) await loadMe()
  noteAccount(null)
}

/** Somebody may have signed in again in another tab: then this one goes on as well. */
export async function checkSession(): Promise<void> {
  const { actor } = await loadMe()
  if (actor?.type === 'user') sessionEndedValue.set(false)
}

/** Ends the session here and now. Drafts stay in the browser. */
export async function signOut(): Promise<void> {
  await call(signOutEndpoint)
  forgetSession()
}
