import type { Actor } from '../contract/actor.ts'
import type { Conversation, ConversationPatch } from '../contract/conversations.ts'
import type { Id } from '../contract/ids.ts'
import type { Settings } from '../contract/settings-registry.ts'
import { askerOf } from '../connections/model-access.ts'
import { usableModel } from '../connections/usable-model.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { findConversation, patchConversation } from './conversations.ts'
import { leafBelow } from './messages.ts'

interface Circumstances {
  settings: Settings
  ifMatch: string | null
  now: number
}

/** Lays a patch over an owner's conversation and answers it; the model must be one to ask. */
export async function changeConversation(
  env: Bindings,
  id: Id<'conversation'>,
  actor: Actor,
  patch: ConversationPatch,
  { settings, ifMatch, now }: Circumstances,
): Promise<Conversation> {
  const conversation = await findConversation(env, id, actor.id)
  if (conversation === null) throw new Fault('not_found')
  if (ifMatch !== null && ifMatch.replace(/\D/g, '') !== String(conversation.revision)) {
    throw new Fault('revision_conflict', { revision: conversation.revision })
  }
  checkPrompt(patch.systemPrompt, settings)
  if (patch.modelId) await usableModel(env, patch.modelId, settings, askerOf(actor))
  const { activeLeafId, ...rest } = patch
  const leaf = activeLeafId === undefined ? undefined : await leafBelow(env, id, activeLeafId)
  if (leaf === null) throw new Fault('parent_not_found')
  await patchConversation(env, id, actor.id, { ...rest, ...(leaf && { activeLeafId: leaf }) }, now)
  const changed = await findConversation(env, id, actor.id)
  if (changed === null) throw new Fault('not_found')
  return changed
}

/** The same for a conversation to come; one that is already there has been through it. */
export async function checkNewModel(
  env: Bindings,
  { id, modelId }: { id: Id<'conversation'>; modelId?: Id<'model'> | null | undefined },
  actor: Actor,
  settings: Settings,
): Promise<void> {
  if (!modelId || (await findConversation(env, id, actor.id)) !== null) return
  await usableModel(env, modelId, settings, askerOf(actor))
}

export function checkPrompt(prompt: string | null | undefined, settings: Settings): void {
  const charactersMax = settings['chat.systemPromptLengthMax']
  if (!prompt || Array.from(prompt).length <= charactersMax) return
  throw new Fault('invalid_request', {
    errors: [{ path: 'systemPrompt', message: `At most ${charactersMax} characters.` }],
  })
}
