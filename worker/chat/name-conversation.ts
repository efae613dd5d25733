import { noUrl } from '../attachments/image-urls.ts'
import type { ActorId } from '../contract/actor.ts'
import type { Conversation } from '../contract/conversations.ts'
import type { Id } from '../contract/ids.ts'
import type { Message } from '../contract/message.ts'
import type { Language } from '../contract/problems.ts'
import type { Settings } from '../contract/settings-registry.ts'
import { connectionGuard } from '../connections/connection-guard.ts'
import { toProviderConnection } from '../connections/provider-connection.ts'
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

/** Names a conversation after its first reply, unless its user has; a failure changes nothing. */
export async function nameConversation(
  env: Bindings,
  id: Id<'conversation'>,
  ownerId: ActorId,
): Promise<void> {
  try {
    const { values: settings } = await loadSettings(env)
    const conversation = await findConversation(env, id, ownerId)
    if (conversation === null || conversation.titleSource === 'user') return
    const title = await askForTitle(
      env,
      conversation,
      ownerId,
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

/** Makes a title anew on request, the way `titles.mode` says; a model that fails derives one. */
export async function retitle(
  env: Bindings,
  id: Id<'conversation'>,
  ownerId: ActorId,
  settings: Settings,
  language: Language,
): Promise<string | null> {
  const conversation = await findConversation(env, id, ownerId)
  if (conversation === null) throw new Fault('not_found')
  const thread = await opening(env, conversation, settings)
  const first = thread.find(({ role }) => role === 'user')
  if (!first) return conversation.title
  const asked =
    settings['titles.mode'] === 'model'
      ? await askForTitle(env, conversation, ownerId, thread, settings).catch(() => null)
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
  ownerId: ActorId,
  thread: readonly Message[],
  settings: Settings,
): Promise<string | null> {
  const wish = { asked: settings['titles.modelId'], conversationId: id, actorId: ownerId }
  const usable = await chooseModel(env, wish, settings, 'admin')
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
