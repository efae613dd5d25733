import type { ImageUrl } from '../attachments/image-urls.ts'
import type { ActorId } from '../contract/actor.ts'
import type { MessagePage } from '../contract/conversations.ts'
import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { findConversation } from './conversations.ts'
import { findMessage, readThread } from './messages.ts'

/**
 * The last `limit` messages of a thread, or the ones above `before`. Costs one page, however deep
 * the thread is. Refuses `parent_not_found` for a message that is not in the conversation.
 */
export async function readPage(
  env: Bindings,
  conversationId: Id<'conversation'>,
  ownerId: ActorId,
  {
    leaf,
    before,
    limit,
  }: { leaf: Id<'message'> | null; before: Id<'message'> | null; limit: number },
  urlFor: ImageUrl,
): Promise<MessagePage> {
  const conversation = await findConversation(env, conversationId, ownerId)
  if (conversation === null) throw new Fault('not_found')
  const leafId = leaf ?? conversation.activeLeafId
  const from = before === null ? leafId : await parentOf(env, before, conversationId, ownerId)
  if (from === null) return { items: [], hasMore: false, leafId }
  const thread = await readThread(env, { conversationId, leaf: from, limit: limit + 1 }, urlFor)
  if (thread.length === 0) throw new Fault('parent_not_found')
  const hasMore = thread.length > limit
  return { items: hasMore ? thread.slice(1) : thread, hasMore, leafId }
}

async function parentOf(
  env: Bindings,
  id: Id<'message'>,
  conversationId: Id<'conversation'>,
  ownerId: ActorId,
): Promise<Id<'message'> | null> {
  const message = await findMessage(env, id, ownerId)
  if (message?.conversation_id !== conversationId) throw new Fault('parent_not_found')
  return message.parent_id
}
