import { env } from 'cloudflare:workers'
import type * as z from 'zod/mini'
import { beforeAll, describe, expect, it } from 'vitest'
import { newGuest, signedIn } from '../authorisation-actors.ts'
import { newAccount } from '../test-accounts.ts'
import { ExportFile, type ExportedConversation } from '../contract/export-file.ts'
import { newId, type Id } from '../contract/ids.ts'
import {
  connectModels,
  newSend,
  openInstallation,
  readFrames,
  type TestClient,
} from '../test-client.ts'

let echo: Id<'model'>
let refusing: Id<'model'>

beforeAll(async () => {
  const admin = await openInstallation({
    'guests.enabled': true,
    'models.access.guest': 'allow',
    'guests.retentionDays': 30,
  })
  ;[echo, refusing] = (await connectModels(admin, ['echo', 'status:400'])) as [
    Id<'model'>,
    Id<'model'>,
  ]
})

async function newUser() {
  const { id } = await newAccount('user')
  return { id, client: (await signedIn(id)).client }
}

async function exportOf(client: TestClient): Promise<z.infer<typeof ExportFile>> {
  const reply = await client.request('GET', '/api/export')
  expect(reply.status).toBe(200)
  return ExportFile.parse(await reply.json())
}

/** The rows an import would store for the conversations of a file. */
function rowsOf(conversations: readonly ExportedConversation[]) {
  return {
    conversations: conversations.map(({ messages: _, usage, ...conversation }) => ({
      id: conversation.id,
      title: conversation.title,
      title_source: conversation.titleSource,
      model_id: conversation.modelId,
      system_prompt: conversation.systemPrompt,
      pinned_at: conversation.pinnedAt,
      active_leaf_id: conversation.activeLeafId,
      input_tokens: usage.inputTokens,
      output_tokens: usage.outputTokens,
      created_at: conversation.createdAt,
      active_at: conversation.activeAt,
    })),
    messages: conversations.flatMap(({ id, messages }) =>
      messages.map((message) => ({
        id: message.id,
        conversation_id: id,
        parent_id: message.parentId,
        role: message.role,
        parts: message.parts,
        state: message.state,
        model: message.model,
        usage: message.usage,
        metrics: message.metrics,
        continued_from: message.continuedFrom,
        superseded_by: message.supersededBy,
        created_at: message.createdAt,
        updated_at: message.updatedAt,
      })),
    ),
  }
}

/** The rows there are, in the same form and order. */
async function storedRows(ownerId: string, like: ReturnType<typeof rowsOf>) {
  const read = async (table: string, ids: readonly { id: string }[], fields: object) => {
    const { results } = await env.DB.prepare(
      `select t.* from json_each(?1) as asked join ${table} as t on t.id = asked.value order by asked.key`,
    )
      .bind(JSON.stringify(ids.map(({ id }) => id)))
      .all()
    return results.map((row) =>
      Object.fromEntries(
        Object.keys(fields).map((field) => {
          const value = row[field]
          const isJson = ['parts', 'state', 'model', 'usage', 'metrics'].includes(field)
          return [
            field,
            isJson && value !== null ? (JSON.parse(value as string) as unknown) : value,
          ]
        }),
      ),
    )
  }
  const count = async (sql: string) =>
    (await env.DB.prepare(sql).bind(ownerId).first<{ n: number }>())!.n
  const owned = 'select id from conversations where owner_id = ?1'
  expect(await count(`select count(*) as n from conversations where owner_id = ?1`)).toBe(
    like.conversations.length,
  )
  expect(
    await count(`select count(*) as n from messages where conversation_id in (${owned})`),
  ).toBe(like.messages.length)
  return {
    conversations: await read('conversations', like.conversations, like.conversations[0] ?? {}),
    messages: await read('messages', like.messages, like.messages[0] ?? {}),
  }
}

/** A conversation of so many messages, one below the other. */
async function seed(ownerId: string, messages: number, text: string): Promise<void> {
  const id = newId('conversation')
  const now = Date.now()
  await env.DB.batch([
    env.DB.prepare(
      `insert into conversations (id, owner_id, title, title_source, reasoning, tools, message_count,
         input_tokens, output_tokens, created_at, active_at, revision, change_seq)
       values (?1, ?2, 'Seeded', 'user', '{}', '{}', ?3, 0, 0, ?4, ?4, 1, 1)`,
    ).bind(id, ownerId, messages, now),
    env.DB.prepare(
      `with recursive n (i) as (select 1 union all select i + 1 from n where i < ?3)
       insert into messages (id, conversation_id, parent_id, role, parts, state, created_at, updated_at)
       select ?1 || printf('%04d', i), ?2, case when i > 1 then ?1 || printf('%04d', i - 1) end,
         case when i % 2 = 1 then 'user' else 'assistant' end, json_array(json_object('type', 'text', 'text', ?4)),
         '{"type":"complete","reason":"stop","raw":null}', ?5 + i, ?5 + i from n`,
    ).bind(newId('message').slice(0, -4), id, messages, text, now),
  ])
}

describe('an export', () => {
  it('is a file that holds the same trees, titles, times and parts', async () => {
    const { id, client } = await newUser()
    const image = await client.newImage('cat.png')
    const first = newSend(echo, 'Look at **this**', { attachments: [image.id] })
    await readFrames(await client.send(first))
    const again = {
      mode: 'regenerate' as const,
      conversationId: first.conversationId,
      messageId: first.messageId,
      replyId: newId('message'),
      modelId: refusing,
    }
    await readFrames(await client.send(again))
    const edited = newSend(echo, 'Or "at" 这个', { conversationId: first.conversationId })
    await readFrames(await client.send(edited))
    await readFrames(await client.send(newSend(echo, 'Something else')))
    await client.json('PATCH', `/api/conversations/${first.conversationId}`, {
      pinned: true,
      title: 'Cats',
      systemPrompt: 'Be a cat.',
      reasoning: { effort: 'high' },
    })

    const { conversations } = await exportOf(client)
    expect(conversations).toHaveLength(2)
    const [pinned] = conversations
    expect(pinned).toMatchObject({
      id: first.conversationId,
      title: 'Cats',
      systemPrompt: 'Be a cat.',
      reasoning: { enabled: null, effort: 'high', think: null },
      tools: { webSearch: null },
    })
    expect(pinned?.messages).toHaveLength(5)
    expect(JSON.stringify(pinned)).not.toContain('"url"')
    const failed = pinned?.messages.find((message) => message.id === again.replyId)
    expect(failed).toMatchObject({ parentId: first.messageId, state: { type: 'failed' } })
    const rows = rowsOf(conversations)
    expect(await storedRows(id, rows)).toEqual(rows)
  })

  it('is named by its day, and no page can take it for its own', async () => {
    const { client } = await newUser()
    const reply = await client.request('GET', '/api/export?format=json')
    expect(reply.headers.get('content-disposition')).toMatch(
      /^attachment; filename="aichat-export-\d{4}-\d\d-\d\d\.json"$/,
    )
    expect(reply.headers.get('x-request-id')).toMatch(/^req_/)
    expect(await reply.json()).toMatchObject({ format: 'aichat-1', conversations: [] })
    expect(await client.json('GET', '/api/export?format=zip')).toMatchObject({
      code: 'invalid_request',
    })
  })

  it('holds hundreds of conversations and megabytes of text', async () => {
    const { id, client } = await newUser()
    for (let n = 0; n < 120; n++) await seed(id, 3, `Text ${n}`)
    await seed(id, 20, '长'.repeat(200_000))
    await seed(id, 2_500, 'short')
    const { conversations } = await exportOf(client)
    expect(new Set(conversations.map((conversation) => conversation.id)).size).toBe(122)
    const rows = rowsOf(conversations)
    expect(await storedRows(id, rows)).toEqual(rows)
    for (const { messages } of conversations) {
      const seen = new Set<string>()
      for (const { id: message, parentId } of messages) {
        expect(parentId === null || seen.has(parentId)).toBe(true)
        seen.add(message)
      }
    }
  })

  it('goes on without what is deleted while it is read', async () => {
    const { id, client } = await newUser()
    for (let n = 0; n < 60; n++) await seed(id, 30, 'x'.repeat(40_000))
    const reply = await client.request('GET', '/api/export')
    const reader = reply.body!.getReader()
    const decoder = new TextDecoder()
    let text = decoder.decode((await reader.read()).value, { stream: true })
    await client.request('POST', '/api/conversations/delete', { body: { all: true } })
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      text += decoder.decode(value, { stream: true })
    }
    expect(ExportFile.parse(JSON.parse(text)).conversations.length).toBeLessThan(60)
  })

  it('is for guests too, and holds nothing of anybody else', async () => {
    const guest = await newGuest()
    const { client } = await newUser()
    await readFrames(await client.send(newSend(echo, 'of the user')))
    await readFrames(await guest.client.send(newSend(echo, 'of the guest')))
    expect(JSON.stringify(await exportOf(guest.client))).not.toContain('of the user')
    expect(JSON.stringify(await exportOf(client))).not.toContain('of the guest')
    expect((await exportOf(guest.client)).conversations).toHaveLength(1)
  })
})
