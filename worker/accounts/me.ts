import type { Me } from '../contract/accounts.ts'
import { capabilitiesFor, can, type Actor } from '../contract/actor.ts'
import type { Id } from '../contract/ids.ts'
import {
  preferencesDefault,
  type Preferences,
  type PreferencesPatch,
} from '../contract/preferences.ts'
import type { Reasoning } from '../contract/reasoning.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import type { Payer } from '../quotas/counters.ts'
import { readQuota } from '../quotas/quota-usage.ts'
import { countPending } from './list-users.ts'
import { findUser, updateUser } from './users.ts'

export interface Situation {
  /** Null where there is no actor. */
  payer: Payer | null
  settings: Settings
  settingsRevision: number
  now: number
}

/** What a page needs to know about whoever opened it; `actor` null for a visitor. */
export async function meOf(env: Bindings, actor: Actor | null, situation: Situation): Promise<Me> {
  const { payer, settings, settingsRevision, now } = situation
  const base = { settingsRevision, serverTime: now }
  if (actor === null || payer === null) {
    return { actor: null, capabilities: [], quota: null, preferences: null, ...base }
  }
  const isManager = can(actor, 'manageUsers', settings)
  const [quota, user, pendingUsers] = await Promise.all([
    readQuota(env, payer, settings, now),
    actor.type === 'user' ? findUser(env, actor.id) : null,
    isManager ? countPending(env) : 0,
  ])
  return {
    actor,
    capabilities: capabilitiesFor(actor, settings),
    quota,
    preferences: user ? preferencesOf(user.preferences) : null,
    ...(isManager && { pendingUsers }),
    ...base,
  }
}

export function preferencesOf(stored: PreferencesPatch): Preferences {
  return {
    ...preferencesDefault,
    ...(stored as Partial<Preferences>),
    reasoning: { ...preferencesDefault.reasoning, ...(stored.reasoning as Partial<Reasoning>) },
  }
}

/** Lays a patch over the stored preferences; nested objects merge, the rest replaces. */
export async function updateMe(
  env: Bindings,
  userId: Id<'user'>,
  {
    username,
    preferences,
  }: { username?: string | undefined; preferences?: PreferencesPatch | undefined },
  settings: Settings,
): Promise<void> {
  const user = await findUser(env, userId)
  if (user === null) throw new Fault('session_ended')
  const prompt = preferences?.personalPrompt
  const lengthMax = settings['chat.systemPromptLengthMax']
  if (prompt && Array.from(prompt).length > lengthMax) {
    const message = `At most ${lengthMax} characters.`
    throw new Fault('invalid_request', {
      errors: [{ path: 'preferences.personalPrompt', message }],
    })
  }
  await updateUser(env, userId, {
    ...(username !== undefined && { username }),
    ...(preferences && {
      preferences: {
        ...user.preferences,
        ...preferences,
        ...(preferences.reasoning && {
          reasoning: { ...user.preferences.reasoning, ...preferences.reasoning },
        }),
      },
    }),
  })
}

/** The model an actor chose last; null when it never chose one. */
export async function preferredModelOf(env: Bindings, actor: Actor): Promise<Id<'model'> | null> {
  if (actor.type !== 'user') return null
  const user = await findUser(env, actor.id)
  return user?.preferences.preferredModelId ?? null
}
