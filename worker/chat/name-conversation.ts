import { noUrl } from '../attachments/image-urls.ts'
import type { Actor, ActorId } from '../contract/actor.ts'
import type { Conversation } from '../contract/conversations.ts'
import type { Id } from '../contract/ids.ts'
import type { Message } from '../contract/message.ts'
import type { Language } from '../contract/problems.ts'
import type { Settings } from '../contract/settings-registry.ts'
import { connectionGuard } from '../connections/connection-guard.ts'
import { toProviderConnection } from '../connections/provider-connection.ts'
import { askerOf, type Asker } from '../connections/model-access.ts'
import { chooseModel } from '../connections/usable-model.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { log } from '../platform/log.ts'
import { createUpstream } from '../platform/open-upstream.ts'
import type { Turn } from '../providers/provider.ts'
import { providerFor } from '../providers/registry.ts'
import { simpleRequest } from '../providers/simple-request.ts'
import { loadSettings } from '../settings/settings.ts'
import { findConversation, patchConversation } from './conversations.ts'
import { readThread } from './messages.ts'
import { textWithImages } from './prompt-images.ts'
import { tidyTitle, titleOf, titlePrompt } from './title.ts'

const titleTimeoutMs = 20_000
/** A title needs the gist of the first two messages, not all of them. */
const excerptLengthMax = 2_000

/**
 * Names a conversation after its first reply, unless its user has; a failure changes nothing. The
 * model that gave the reply was the owner's to use.
 */
export async function nameConversation(env: Bindings, id: Id<'conversation'>): Promise<void> {
  try {
    // It may have changed hands since its reply began.
    const ownerId = await ownerOf(env, id)
    if (ownerId === null) return
    const { values: settings } = await loadSettings(env)
    const conversation = await findConversation(env, id, ownerId)
    if (conversation === null || conversation.titleSource === 'user') return
    const title = await askForTitle(
      env,
      conversation,
      { ownerId, asker: 'admin' },
      await opening(env, conversation, settings),
      settings,
    )
    const latest = title && (await findConversation(env, id, ownerId))
    if (!title || !latest || latest.titleSource === 'user') return
    await patchConversation(env, id, ownerId, { title, titleSource: 'model' }, Date.now())
  } catch (error) {
    log(env, 'warn', { message: 'No title was made.', cause: String(error) })
  }
}

async function ownerOf(env: Bindings, id: Id<'conversation'>): Promise<ActorId | null> {
  return env.DB.prepare(`select owner_id from conversations where id = ?1`)
    .bind(id)
    .first<ActorId>('owner_id')
}

/**
 * Makes a title anew on request, the way `titles.mode` says. Where the model fails, or is none the
 * owner may use, one is derived.
 */
export async function retitle(
  env: Bindings,
  id: Id<'conversation'>,
  owner: Actor,
  settings: Settings,
  language: Language,
): Promise<string | null> {
  const ownerId = owner.id
  const conversation = await findConversation(env, id, ownerId)
  if (conversation === null) throw new Fault('not_found')
  const thread = await opening(env, conversation, settings)
  const first = thread.find(({ role }) => role === 'user')
  if (!first) return conversation.title
  const asked =
    settings['titles.mode'] === 'model'
      ? await askForTitle(
          env,
          conversation,
          { ownerId, asker: askerOf(owner) },
          thread,
          settings,
        ).catch(() => null)
      : null
  const title = asked ?? titleOf(first.parts, settings['titles.lengthMax'], language)
  const titleSource = asked ? 'model' : 'derived'
  await patchConversation(env, id, ownerId, { title, titleSource }, Date.now())
  return title
}

/** The first messages of the thread, root first. */
async function opening(
  env: Bindings,
  { id, activeLeafId }: Conversation,
  settings: Settings,
): Promise<Message[]> {
  if (activeLeafId === null) return []
  const limit = settings['chat.historyMessagesMax']
  const thread = await readThread(env, { conversationId: id, leaf: activeLeafId, limit }, noUrl)
  return thread.slice(0, 2)
}

async function askForTitle(
  env: Bindings,
  { id }: Conversation,
  { ownerId, asker }: { ownerId: ActorId; asker: Asker },
  thread: readonly Message[],
  settings: Settings,
): Promise<string | null> {
  const asked = settings['titles.modelId']
  const wish = { asked, conversationId: id, actorId: ownerId }
  // The one of the settings serves everybody, whoever may chat with it.
  const usable = await chooseModel(env, wish, settings, asked ? 'admin' : asker)
  const connection = await toProviderConnection(env, usable.connection)
  const turns: Turn[] = thread.map(({ role, parts }) => ({
    role,
    text: textWithImages(parts).slice(0, excerptLengthMax),
  }))
  const upstream = createUpstream({
    signal: AbortSignal.timeout(titleTimeoutMs),
    guard: connectionGuard(env, settings['provider.allowPrivateHosts']),
    alive: () => {},
  })
  const events = providerFor(connection.provider).complete(
    {
      ...simpleRequest(usable.rawId, [...turns, { role: 'user', text: titlePrompt }]),
      temperature: 0.3,
      contextWindow: usable.contextWindow,
      efforts: usable.efforts,
    },
    connection,
    upstream,
  )
  let text = ''
  for await (const event of events) if (event.type === 'content') text += event.content
  return tidyTitle(text, settings['titles.lengthMax'])
}
