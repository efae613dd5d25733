import type { ActorId } from '../contract/actor.ts'
import type { Conversation } from '../contract/conversations.ts'
import {
  exportFormat,
  type ExportedConversation,
  type ExportedMessage,
} from '../contract/export-file.ts'
import type { Id } from '../contract/ids.ts'
import type { Bindings } from '../platform/env.ts'
import { findConversations } from './conversations.ts'
import { toStoredMessage, type MessageRow } from './messages.ts'

/** So much is held at once: conversations, ids of their messages, and characters of these. */
const conversationsMax = 50
const messagesMax = 2_000
const charactersMax = 1_000_000
/** A stream of many small pieces costs more than their text. */
const pieceMin = 64_000

/**
 * Every conversation of an owner as one JSON file. It is read while it is sent, a page at a time, so
 * the memory it takes does not grow with what there is; which conversations are in it is decided when
 * it begins. A file that breaks off is no JSON, so nobody takes it for a whole one.
 */
export function exportStream(
  env: Bindings,
  ownerId: ActorId,
  now: number,
): ReadableStream<Uint8Array> {
  const texts = exportTexts(env, ownerId, now)
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      let piece = ''
      while (piece.length < pieceMin) {
        const { done, value } = await texts.next()
        if (done) break
        piece += value
      }
      if (piece === '') controller.close()
      else controller.enqueue(encoder.encode(piece))
    },
    async cancel() {
      await texts.return(undefined)
    },
  })
}

async function* exportTexts(
  env: Bindings,
  ownerId: ActorId,
  now: number,
): AsyncGenerator<string, void> {
  yield `{"format":"${exportFormat}","exportedAt":${now},"conversations":[`
  let separator = '\n'
  for (const page of pagesOf(await listAll(env, ownerId))) {
    const conversations = await findConversations(env, page, ownerId)
    const known = await listMessages(env, page, ownerId)
    const messagesOf = (id: Id<'conversation'>) => known.get(id) ?? []
    const rows = readMessages(
      env,
      conversations.flatMap(({ id }) => messagesOf(id)),
      ownerId,
    )
    for (const conversation of conversations) {
      yield separator + openingOf(conversation)
      yield* messageTexts(rows, messagesOf(conversation.id).length)
      yield ']}'
      separator = ',\n'
    }
  }
  yield '\n]}\n'
}

/** The next `count` messages of `rows`; one that was deleted meanwhile is null there. */
async function* messageTexts(
  rows: AsyncGenerator<MessageRow | null, undefined>,
  count: number,
): AsyncGenerator<string, void> {
  let separator = '\n'
  for (let n = 0; n < count; n++) {
    const { value } = await rows.next()
    if (!value) continue
    yield separator + JSON.stringify(toStoredMessage(value) satisfies ExportedMessage)
    separator = ',\n'
  }
}

/** A conversation up to where its messages begin. */
function openingOf(conversation: Conversation): string {
  const { id, title, titleSource, modelId, systemPrompt, reasoning, tools } = conversation
  const { pinnedAt, activeLeafId, usage, createdAt, activeAt } = conversation
  const whole: ExportedConversation = {
    id,
    title,
    titleSource,
    modelId,
    systemPrompt,
    reasoning,
    tools,
    pinnedAt,
    activeLeafId,
    usage,
    createdAt,
    activeAt,
    messages: [],
  }
  return JSON.stringify(whole).slice(0, -']}'.length)
}

interface Listed {
  id: Id<'conversation'>
  messageCount: number
}

/** In the order of the list one knows. */
async function listAll(env: Bindings, ownerId: ActorId): Promise<Listed[]> {
  const { results } = await env.DB.prepare(
    `select id, message_count as messageCount from conversations where owner_id = ?1
     order by pinned_at is not null desc, active_at desc, id desc`,
  )
    .bind(ownerId)
    .all<Listed>()
  return results
}

/** Conversations by the page: some, with not too many messages in all. */
function* pagesOf(listed: readonly Listed[]): Generator<Id<'conversation'>[]> {
  let page: Id<'conversation'>[] = []
  let messages = 0
  for (const { id, messageCount } of listed) {
    if (
      page.length === conversationsMax ||
      (page.length > 0 && messages + messageCount > messagesMax)
    ) {
      yield page
      page = []
      messages = 0
    }
    page.push(id)
    messages += messageCount
  }
  if (page.length > 0) yield page
}

interface Known {
  id: Id<'message'>
  conversationId: Id<'conversation'>
  /** How many characters its parts are. */
  size: number
}

/** What messages there are, by conversation and in an order in which parents come first. */
async function listMessages(
  env: Bindings,
  conversations: readonly Id<'conversation'>[],
  ownerId: ActorId,
): Promise<Map<Id<'conversation'>, Known[]>> {
  const { results } = await env.DB.prepare(
    `select m.id, m.conversation_id as conversationId, length(m.parts) as size
     from conversations as c join messages as m on m.conversation_id = c.id
     where c.id in (select value from json_each(?1)) and c.owner_id = ?2
     order by m.created_at, m.role desc, m.id`,
  )
    .bind(JSON.stringify(conversations), ownerId)
    .all<Known>()
  return Map.groupBy(results, ({ conversationId }) => conversationId)
}

/** The messages in the order they are asked for, a stretch of them at a time. */
async function* readMessages(
  env: Bindings,
  known: readonly Known[],
  ownerId: ActorId,
): AsyncGenerator<MessageRow | null, undefined> {
  for (const stretch of stretchesOf(known)) {
    const { results } = await env.DB.prepare(
      `select m.* from messages as m join conversations as c on c.id = m.conversation_id
       where m.id in (select value from json_each(?1)) and c.owner_id = ?2`,
    )
      .bind(JSON.stringify(stretch), ownerId)
      .all<MessageRow>()
    const rows = new Map(results.map((row) => [row.id, row]))
    for (const id of stretch) yield rows.get(id) ?? null
  }
  return undefined
}

function* stretchesOf(known: readonly Known[]): Generator<Id<'message'>[]> {
  let stretch: Id<'message'>[] = []
  let characters = 0
  for (const { id, size } of known) {
    if (stretch.length > 0 && characters + size > charactersMax) {
      yield stretch
      stretch = []
      characters = 0
    }
    stretch.push(id)
    characters += size
  }
  if (stretch.length > 0) yield stretch
}
