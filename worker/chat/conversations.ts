import type { ActorId } from '../contract/actor.ts'
import type { Conversation, ConversationPatch } from '../contract/conversations.ts'
import type { Id } from '../contract/ids.ts'
import type { ReasoningPatch } from '../contract/reasoning.ts'
import type { Bindings } from '../platform/env.ts'
import { nextChangeSeq } from '../db/change-seq.ts'

interface ConversationRow {
  id: Id<'conversation'>
  title: string | null
  title_source: Conversation['titleSource']
  model_id: Id<'model'> | null
  system_prompt: string | null
  reasoning: string
  tools: string
  pinned_at: number | null
  active_leaf_id: Id<'message'> | null
  message_count: number
  input_tokens: number
  output_tokens: number
  created_at: number
  active_at: number
  revision: number
  change_seq: number
  running: string
}

const columns = `c.*, (select json_group_array(g.reply_id) from generations as g
  where g.owner_id = c.owner_id and g.conversation_id = c.id and g.ended_at is null) as running`

function toConversation(row: ConversationRow): Conversation {
  const reasoning = JSON.parse(row.reasoning) as ReasoningPatch
  const tools = JSON.parse(row.tools) as { webSearch?: boolean | null }
  return {
    id: row.id,
    title: row.title,
    titleSource: row.title_source,
    modelId: row.model_id,
    systemPrompt: row.system_prompt,
    reasoning: {
      enabled: reasoning.enabled ?? null,
      effort: reasoning.effort ?? null,
      think: reasoning.think ?? null,
    },
    tools: { webSearch: tools.webSearch ?? null },
    pinnedAt: row.pinned_at,
    activeLeafId: row.active_leaf_id,
    messageCount: row.message_count,
    usage: { inputTokens: row.input_tokens, outputTokens: row.output_tokens },
    running: JSON.parse(row.running) as Id<'message'>[],
    createdAt: row.created_at,
    activeAt: row.active_at,
    expiresAt: null,
    revision: row.revision,
  }
}

export interface ListPlace {
  isPinned: boolean
  activeAt: number
  id: string
}

/** An owner's conversations, pinned ones first, then by activity, after the given place. */
export async function listConversations(
  env: Bindings,
  ownerId: ActorId,
  after: ListPlace | null,
  limit: number,
): Promise<Conversation[]> {
  const { results } = await env.DB.prepare(
    `select ${columns} from conversations as c where c.owner_id = ?1
       and (?2 is null or (c.pinned_at is not null, c.active_at, c.id) < (?2, ?3, ?4))
     order by (c.pinned_at is not null) desc, c.active_at desc, c.id desc limit ?5`,
  )
    .bind(
      ownerId,
      after === null ? null : after.isPinned ? 1 : 0,
      after?.activeAt ?? null,
      after?.id ?? null,
      limit,
    )
    .all<ConversationRow>()
  return results.map(toConversation)
}

export async function findConversation(
  env: Bindings,
  id: Id<'conversation'>,
  ownerId: ActorId,
): Promise<Conversation | null> {
  const row = await env.DB.prepare(
    `select ${columns} from conversations as c where c.id = ?1 and c.owner_id = ?2`,
  )
    .bind(id, ownerId)
    .first<ConversationRow>()
  return row ? toConversation(row) : null
}

/** Those of `ids` that are an owner's, in the order they are asked for. */
export async function findConversations(
  env: Bindings,
  ids: readonly Id<'conversation'>[],
  ownerId: ActorId,
): Promise<Conversation[]> {
  const { results } = await env.DB.prepare(
    `select ${columns} from json_each(?1) as asked join conversations as c on c.id = asked.value
     where c.owner_id = ?2 order by asked.key`,
  )
    .bind(JSON.stringify(ids), ownerId)
    .all<ConversationRow>()
  return results.map(toConversation)
}

export type NewConversation = Omit<ConversationPatch, 'pinned' | 'activeLeafId'> & {
  id: Id<'conversation'>
}

/** Whether the conversation is stored now and this owner's; one that was there is left as it is. */
export async function insertConversation(
  env: Bindings,
  { id, title, modelId, systemPrompt, reasoning, tools }: NewConversation,
  ownerId: ActorId,
  now: number,
): Promise<boolean> {
  const { meta } = await env.DB.prepare(
    `insert into conversations (id, owner_id, title, title_source, model_id, system_prompt, reasoning, tools,
       message_count, input_tokens, output_tokens, created_at, active_at, revision, change_seq)
     select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0, 0, ?9, ?9, 1, ${nextChangeSeq('?2')}
     where not exists (select 1 from deleted_conversations where id = ?1)
     on conflict do nothing`,
  )
    .bind(
      id,
      ownerId,
      title ?? null,
      title ? 'user' : 'derived',
      modelId ?? null,
      systemPrompt ?? null,
      JSON.stringify(reasoning ?? {}),
      JSON.stringify(tools ?? {}),
      now,
    )
    .run()
  return meta.changes > 0
}

/** Lays a patch over a conversation; a rename or pin does not move it in the list. */
export async function patchConversation(
  env: Bindings,
  id: Id<'conversation'>,
  ownerId: ActorId,
  patch: ConversationPatch & { titleSource?: Conversation['titleSource'] },
  now: number,
): Promise<void> {
  const sets = [
    ...(patch.title === undefined
      ? []
      : [
          ['title', patch.title] as const,
          [
            'title_source',
            patch.titleSource ?? (patch.title === null ? 'derived' : 'user'),
          ] as const,
        ]),
    ...(patch.modelId === undefined ? [] : [['model_id', patch.modelId] as const]),
    ...(patch.systemPrompt === undefined ? [] : [['system_prompt', patch.systemPrompt] as const]),
    ...(patch.pinned === undefined ? [] : [['pinned_at', patch.pinned ? now : null] as const]),
    ...(patch.activeLeafId === undefined ? [] : [['active_leaf_id', patch.activeLeafId] as const]),
  ]
  const merged = (['reasoning', 'tools'] as const).filter((column) => patch[column] !== undefined)
  const assignments = [
    ...sets.map(([column], index) => `${column} = ?${index + 3}`),
    // Each field of a nested object stands for itself; null is a value here, so no json_patch.
    ...merged.map(
      (column) => `${column} = ${jsonSet(column, Object.keys(patch[column] ?? {}), patch[column])}`,
    ),
    'revision = revision + 1',
    `change_seq = ${nextChangeSeq('conversations.owner_id')}`,
  ]
  await env.DB.prepare(
    `update conversations set ${assignments.join(', ')} where id = ?1 and owner_id = ?2`,
  )
    .bind(id, ownerId, ...sets.map(([, value]) => value))
    .run()
}

/** Keys and values have passed the contract: fixed words, booleans and null only. */
function jsonSet(
  column: string,
  keys: string[],
  values: Record<string, unknown> | undefined,
): string {
  const pairs = keys
    .filter((key) => values?.[key] !== undefined)
    .map((key) => `, '$.${key}', json('${JSON.stringify(values?.[key])}')`)
  return pairs.length === 0 ? column : `json_set(${column}${pairs.join('')})`
}

/** Changes since `after`; an owner's count begins at 1. */
export async function changesSince(env: Bindings, ownerId: ActorId, after: number | null) {
  const [changed, deleted, running, newest] = await env.DB.batch([
    env.DB.prepare(
      `select ${columns} from conversations as c where c.owner_id = ?1 and c.change_seq > ?2
       order by c.change_seq limit 100`,
    ).bind(ownerId, after ?? Number.MAX_SAFE_INTEGER),
    env.DB.prepare(
      `select id, change_seq from deleted_conversations where owner_id = ?1 and change_seq > ?2
       order by change_seq limit 1000`,
    ).bind(ownerId, after ?? Number.MAX_SAFE_INTEGER),
    env.DB.prepare(
      `select reply_id as replyId, conversation_id as conversationId, message_id as messageId
       from generations where owner_id = ?1 and ended_at is null and kind = 'chat'`,
    ).bind(ownerId),
    env.DB.prepare(`select ${nextChangeSeq('?1')} - 1 as cursor`).bind(ownerId),
  ])
  const rows = (changed?.results ?? []) as unknown as ConversationRow[]
  const gone = (deleted?.results ?? []) as { id: Id<'conversation'>; change_seq: number }[]
  const last = (newest?.results[0] as { cursor: number } | undefined)?.cursor ?? 0
  // A full page ends where the page ends; what lies beyond comes with the next one.
  const cursor = rows.length === 100 ? rows[99]!.change_seq : last
  return {
    cursor,
    conversations: rows.map(toConversation),
    deleted: gone.filter((row) => row.change_seq <= cursor).map(({ id }) => id),
    running: (running?.results ?? []) as {
      replyId: Id<'message'>
      conversationId: Id<'conversation'>
      messageId: Id<'message'>
    }[],
  }
}
