import { expect, it } from 'vitest'
import type { Actor } from '../contract/actor.ts'
import type { Conversation } from '../contract/conversations.ts'
import { newId } from '../contract/ids.ts'
import type { Settings } from '../contract/settings-registry.ts'
import { withExpiry } from './conversation-expiry.ts'

const dayMs = 86_400_000
const user = { type: 'user', id: newId('user') } as Actor
const guest: Actor = { type: 'guest', id: newId('guest'), expiresAt: 5 * dayMs }
const kept = { 'data.conversationRetentionDays': null } as Settings
const short = { 'data.conversationRetentionDays': 3 } as Settings

function expiry(actor: Actor, settings: Settings, pinnedAt: number | null = null) {
  return withExpiry({ activeAt: dayMs, pinnedAt } as Conversation, actor, settings).expiresAt
}

it('names the earlier end of a guest and of the retention, and none where there is none', () => {
  expect(expiry(user, kept)).toBeNull()
  expect(expiry(user, short)).toBe(4 * dayMs)
  expect(expiry(user, short, 1)).toBeNull()
  expect(expiry(guest, kept)).toBe(5 * dayMs)
  expect(expiry(guest, short)).toBe(4 * dayMs)
  expect(expiry(guest, short, 1)).toBe(5 * dayMs)
})
