import { exportOwn } from '../contract/accounts.ts'
import { cancelReply as cancelEndpoint, chatStream, followStream } from '../contract/chat.ts'
import {
  createConversation,
  deleteConversation,
  deleteConversations as deleteManyEndpoint,
  deleteMessage as deleteMessageEndpoint,
  getConversation,
  getMessage,
  listChanges,
  listConversations as listEndpoint,
  listMessages,
  retitleConversation,
  updateConversation,
} from '../contract/conversations.ts'
import { listLimitDefault } from '../contract/lists.ts'
import { imageUrls } from '../attachments/image-urls.ts'
import { keepGuest } from '../accounts/guests.ts'
import { payerOf } from '../quotas/payer.ts'
import { readQuota } from '../quotas/quota-usage.ts'
import { decodeCursor, encodeCursor } from '../platform/cursor.ts'
import { Fault } from '../platform/fault.ts'
import { newRoutes, pathId, serve, type AppContext } from '../platform/serve.ts'
import { cancelReply } from './cancel-reply.ts'
import { requireSendRoom } from './send-room.ts'
import {
  changesSince,
  findConversation,
  insertConversation,
  listConversations,
  type ListPlace,
} from './conversations.ts'
import { deleteAllConversations, deleteConversations } from './delete-conversations.ts'
import { withExpiry } from './conversation-expiry.ts'
import { deleteMessage } from './delete-message.ts'
import { exportStream } from './export-conversations.ts'
import { followReply } from './follow-reply.ts'
import { openRun } from './generation-stub.ts'
import { findMessage, toMessage } from './messages.ts'
import { readPage } from './message-page.ts'
import { retitle } from './name-conversation.ts'
import { sendMessage } from './send-message.ts'
import { changeConversation, checkNewModel, checkPrompt } from './change-conversation.ts'

export const chat = newRoutes()

serve(chat, chatStream, async ({ body, actor, context }) => {
  requireSendRoom(context.env, actor)
  const session = context.get('sessionId')
  const now = Date.now()
  const accepted = await sendMessage(context.env, body, {
    actor,
    payer: payerOf(context, actor, now),
    language: context.get('language'),
    settings: context.get('settings'),
    now,
    open: () => openRun(context.env, body.replyId, session),
  })
  if (accepted.type === 'known') {
    return followReply(context.env, {
      replyId: body.replyId,
      ownerId: actor.id,
      after: seqOf(context),
      session,
    })
  }
  const cancelledBy = accepted.isCancelled ? 'user' : null
  return accepted.opening.begin({ order: accepted.order, cancelledBy })
})

serve(chat, followStream, async ({ params, actor, context }) =>
  followReply(context.env, {
    replyId: pathId('message', params.replyId),
    ownerId: actor.id,
    after: seqOf(context),
    session: context.get('sessionId'),
  }),
)

serve(chat, cancelEndpoint, async ({ params, actor, context }) => {
  const replyId = pathId('message', params.replyId)
  const state = await cancelReply(context.env, replyId, actor.id, Date.now())
  if (state === 'foreign') throw new Fault('not_found')
  return state === 'unknown' ? context.json({ replyId, state }, 202) : { replyId, state }
})

serve(chat, listEndpoint, async ({ query, actor, context }) => {
  const limit = query.limit ?? listLimitDefault
  const items = await listConversations(context.env, actor.id, placeOf(query.cursor), limit + 1)
  const last = items.length > limit ? items[limit - 1] : undefined
  return {
    items: items.slice(0, limit).map((item) => withExpiry(item, actor, context.get('settings'))),
    nextCursor: last ? encodeCursor([last.pinnedAt !== null, last.activeAt, last.id]) : null,
  }
})

serve(chat, createConversation, async ({ body, actor, context }) => {
  checkPrompt(body.systemPrompt, context.get('settings'))
  await checkNewModel(context.env, body, actor, context.get('settings'))
  const now = Date.now()
  await keepGuest(context.env, actor, now)
  const isNew = await insertConversation(context.env, body, actor.id, now)
  const conversation = await findConversation(context.env, body.id, actor.id)
  if (conversation === null || (!isNew && !isSame(body, conversation)))
    throw new Fault('id_conflict')
  return withExpiry(conversation, actor, context.get('settings'))
})

// Before the routes with an id, whose pattern it would match.
serve(chat, deleteManyEndpoint, async ({ body, actor, context }) => {
  const now = Date.now()
  const deleted =
    'all' in body
      ? await deleteAllConversations(context.env, actor.id, now)
      : await deleteConversations(context.env, body.ids, actor.id, now)
  return { deleted }
})

serve(chat, getConversation, async ({ params, actor, context }) => {
  const found = await findConversation(context.env, pathId('conversation', params.id), actor.id)
  if (found === null) throw new Fault('not_found')
  return withExpiry(found, actor, context.get('settings'))
})

serve(chat, updateConversation, async ({ params, body, actor, context }) => {
  const settings = context.get('settings')
  const changed = await changeConversation(
    context.env,
    pathId('conversation', params.id),
    actor,
    body,
    { settings, ifMatch: context.req.header('if-match') ?? null, now: Date.now() },
  )
  return withExpiry(changed, actor, settings)
})

serve(chat, deleteConversation, async ({ params, actor, context }) => {
  const id = pathId('conversation', params.id)
  const deleted = await deleteConversations(context.env, [id], actor.id, Date.now())
  if (deleted === 0) throw new Fault('not_found')
})

serve(chat, listMessages, async ({ params, query, actor, context }) =>
  readPage(
    context.env,
    pathId('conversation', params.id),
    actor.id,
    {
      leaf: query.leaf ?? null,
      before: query.before ?? null,
      limit: query.limit ?? listLimitDefault,
    },
    imageUrlsIn(context),
  ),
)

serve(chat, retitleConversation, async ({ params, actor, context }) => {
  const id = pathId('conversation', params.id)
  return {
    title: await retitle(context.env, id, actor, context.get('settings'), context.get('language')),
  }
})

serve(chat, getMessage, async ({ params, actor, context }) => {
  const row = await findMessage(context.env, pathId('message', params.id), actor.id)
  if (row === null) throw new Fault('not_found')
  return toMessage(row, imageUrlsIn(context))
})

serve(chat, deleteMessageEndpoint, async ({ params, actor, context }) =>
  deleteMessage(context.env, pathId('message', params.id), actor.id, Date.now()),
)

serve(chat, exportOwn, async ({ actor, context }) => {
  const now = Date.now()
  const day = new Date(now).toISOString().slice(0, 10)
  context.header('Content-Type', 'application/json; charset=utf-8')
  context.header('Content-Disposition', `attachment; filename="aichat-export-${day}.json"`)
  return context.body(exportStream(context.env, actor.id, now))
})

serve(chat, listChanges, async ({ query, actor, context }) => {
  const after = query.after === undefined ? null : numberOf(query.after)
  const settings = context.get('settings')
  const now = Date.now()
  const [{ cursor, conversations, ...changes }, quota] = await Promise.all([
    changesSince(context.env, actor.id, after?.seq ?? null),
    readQuota(context.env, payerOf(context, actor, now), settings, now),
  ])
  const settingsRevision = context.get('settingsRevision')
  const allowance = `${quota.used}.${quota.remaining ?? 'any'}`
  const isSame =
    after?.seq === cursor && after.settings === settingsRevision && after.allowance === allowance
  if (isSame) return undefined
  return {
    cursor: `${cursor}.${settingsRevision}.${allowance}`,
    conversations: conversations.map((one) => withExpiry(one, actor, settings)),
    ...changes,
    quota,
    settingsRevision,
  }
})

function imageUrlsIn(context: AppContext) {
  return imageUrls(context.env, context.get('settings'), context.req.url, Date.now())
}

/** A cursor names all that a change can be told by: conversations, settings, quota. */
function numberOf(cursor: string): { seq: number; settings: number; allowance: string } {
  // One of the release before ends with what was used, and simply counts as a change.
  const [, seq, settings, allowance] =
    /^(\d{1,15})\.(\d{1,15})\.(\d[\w.]{0,40})$/.exec(cursor) ?? []
  if (seq === undefined || settings === undefined || allowance === undefined)
    throw new Fault('invalid_request', { errors: [{ path: 'after', message: 'Not a cursor.' }] })
  return { seq: Number(seq), settings: Number(settings), allowance }
}

function placeOf(cursor: string | undefined): ListPlace | null {
  const [isPinned, activeAt, id] = decodeCursor(cursor) ?? []
  if (typeof isPinned !== 'boolean' || typeof activeAt !== 'number' || typeof id !== 'string')
    return null
  return { isPinned, activeAt, id }
}

/** The last seq a reader has: its header wins over the query; absent is 0. */
function seqOf(context: AppContext): number {
  const given = context.req.header('last-event-id') ?? context.req.query('after') ?? '0'
  if (!/^\d{1,15}$/.test(given)) {
    throw new Fault('invalid_request', {
      errors: [{ path: 'after', message: 'A number of 0 or more.' }],
    })
  }
  return Number(given)
}

function isSame(
  body: {
    title?: string | null | undefined
    modelId?: string | null | undefined
    systemPrompt?: string | null | undefined
  },
  stored: { title: string | null; modelId: string | null; systemPrompt: string | null },
): boolean {
  return (
    (body.title ?? null) === stored.title &&
    (body.modelId ?? null) === stored.modelId &&
    (body.systemPrompt ?? null) === stored.systemPrompt
  )
}
