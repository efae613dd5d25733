import { existsSync, readFileSync } from 'node:fs'
import type { Miniflare } from 'miniflare'
import { newId, type Id } from '../../worker/contract/ids.ts'
import { answer } from '../page-text/answer.ts'

interface Line {
  role: 'user' | 'assistant'
  content: string
}

const recorded = '../shared/fixtures/conversations/long-2000.jsonl'

/** Two thousand messages with all that messages hold: recorded ones when they are there, else made. */
export function longConversation(): Line[] {
  if (existsSync(recorded)) {
    const lines = readFileSync(recorded, 'utf8').trim().split('\n')
    return lines.map((line) => JSON.parse(line) as Line)
  }
  const parts = answer.split(/^(?=## )/m)
  return Array.from({ length: 2_000 }, (_, index) =>
    index % 2 === 0
      ? { role: 'user', content: `And what about number ${index}?` }
      : { role: 'assistant', content: parts[index % parts.length] ?? '' },
  )
}

/** Writes a conversation straight into D1, as if `ownerId` had had it; answers its id. */
export async function seedConversation(
  miniflare: Miniflare,
  {
    ownerId,
    title,
    lines,
    order,
  }: { ownerId: string; title: string; lines: Line[]; order: number },
): Promise<Id<'conversation'>> {
  const db = await miniflare.getD1Database('DB')
  const id = newId('conversation')
  const at = Date.now() - 86_400_000 + order * 1_000
  const ids = lines.map((_, index) => newId('message', at + index))
  const rows = lines.map(({ role, content }, index) => ({
    id: ids[index],
    parent: ids[index - 1] ?? null,
    role,
    parts: [{ type: 'text', text: content }],
    at: at + index,
  }))
  const insert = db.prepare(
    `insert into messages (id, conversation_id, parent_id, role, parts, state, created_at, updated_at)
     select value ->> 'id', ?1, value ->> 'parent', value ->> 'role', json(value -> 'parts'),
       '{"type":"complete","reason":"stop","raw":null}', value ->> 'at', value ->> 'at'
     from json_each(?2)`,
  )
  for (let from = 0; from < rows.length; from += 200) {
    await insert.bind(id, JSON.stringify(rows.slice(from, from + 200))).run()
  }
  await db
    .prepare(
      `insert into conversations (id, owner_id, title, title_source, model_id, reasoning, tools,
         active_leaf_id, message_count, input_tokens, output_tokens, created_at, active_at, revision, change_seq)
       values (?1, ?2, ?3, 'derived', null, '{}', '{}', ?4, ?5, 0, 0, ?6, ?6, 1, ?7)`,
    )
    .bind(id, ownerId, title, ids.at(-1), lines.length, at, order)
    .run()
  return id
}
