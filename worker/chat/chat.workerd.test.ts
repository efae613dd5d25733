import { beforeAll, describe, expect, it } from 'vitest'
import { newId, type Id } from '../contract/ids.ts'
import type { Conversation, MessagePage } from '../contract/conversations.ts'
import {
  callsAbout,
  connectModels,
  contentOf,
  logged,
  newSend,
  openInstallation,
  readFrames,
  TestClient,
  until,
} from '../test-client.ts'

const names = [
  'echo',
  'tokens:300',
  'pace:30:60',
  'pace:100:100',
  'reason:5+tokens:5',
  'think-tags',
  'slow-first:1500+echo',
]
let models: Record<string, Id<'model'>>

beforeAll(async () => {
  const admin = await openInstallation({ 'chat.concurrentRepliesMax': 10 })
  const ids = await connectModels(admin, names)
  models = Object.fromEntries(names.map((name, index) => [name, ids[index]!]))
})

async function newUser(): Promise<TestClient> {
  const user = new TestClient()
  await user.join()
  return user
}

describe('sending a message', () => {
  it('streams start, quota, prompt, text, stop, usage and end under seqs without a gap', async () => {
    const user = await newUser()
    const send = newSend(models['echo']!, 'one two three')
    const response = await user.send(send)
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-cache, no-transform')
    expect(response.headers.get('x-request-id')).toMatch(/^req_/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    const events = logged(await readFrames(response))
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1))
    expect(events.slice(0, 3).map(({ event }) => event.type)).toEqual(['start', 'quota', 'usage'])
    expect(events.slice(-3).map(({ event }) => event.type)).toEqual(['stop', 'usage', 'complete'])
    expect(contentOf(events)).toBe('one two three')
    const message = await until(async () => {
      const found = await user.message(send.replyId)
      return found.state.type === 'complete' && found
    })
    expect(message).toMatchObject({
      parts: [{ type: 'text', text: 'one two three' }],
      state: { type: 'complete', reason: 'stop' },
      usage: { source: 'provider', inputTokens: 11, outputTokens: 3, totalTokens: 14 },
      parentId: send.messageId,
    })
    const conversation = await user.json<Conversation>(
      'GET',
      `/api/conversations/${send.conversationId}`,
    )
    expect(conversation).toMatchObject({
      title: 'one two three',
      messageCount: 2,
      activeLeafId: send.replyId,
      running: [],
      usage: { inputTokens: 11, outputTokens: 3 },
    })
  })

  it('separates reasoning that has a field of its own and reasoning inside tags', async () => {
    const user = await newUser()
    const own = newSend(models['reason:5+tokens:5']!)
    await readFrames(await user.send(own))
    const tagged = newSend(models['think-tags']!)
    await readFrames(await user.send(tagged))
    const parts = await Promise.all(
      [own, tagged].map(({ replyId }) =>
        until(async () => {
          const message = await user.message(replyId)
          return message.state.type === 'complete' && message.parts
        }),
      ),
    )
    expect(parts[0]).toMatchObject([
      { type: 'reasoning', text: 'r0 r1 r2 r3 r4' },
      { type: 'text', text: 't0 t1 t2 t3 t4' },
    ])
    expect(parts[1]).toMatchObject([
      { type: 'reasoning', text: 'a thought in tags' },
      { type: 'text', text: 'an answer after it' },
    ])
  })

  it('is one generation and one provider call when the same request comes twice at once', async () => {
    const user = await newUser()
    const send = newSend(models['pace:30:60']!, `twice ${newId('request')}`)
    const [first, second] = await Promise.all([user.send(send), user.send(send)])
    const [a, b] = await Promise.all([readFrames(first), readFrames(second)])
    expect(logged(a)).toEqual(logged(b))
    expect(logged(a).at(-1)?.event.type).toBe('complete')
    const third = logged(await readFrames(await user.send(send)))
    expect(third).toEqual(logged(a))
    expect(await callsAbout(send.content)).toHaveLength(1)
    const quota = logged(a).find(({ event }) => event.type === 'quota')
    expect(quota?.event).toMatchObject({ quota: { used: 1 } })
  })

  it('refuses a known id with other content, and an id of somebody else', async () => {
    const [user, other] = [await newUser(), await newUser()]
    const send = newSend(models['echo']!)
    await readFrames(await user.send(send))
    expect(await (await user.send({ ...send, content: 'other' })).json()).toMatchObject({
      code: 'id_conflict',
    })
    const stolen = { ...newSend(models['echo']!), replyId: send.replyId }
    expect(await (await other.send(stolen)).json()).toMatchObject({ code: 'id_conflict' })
    const reused = { ...newSend(models['echo']!), messageId: send.messageId }
    expect(await (await user.send(reused)).json()).toMatchObject({ code: 'id_conflict' })
  })

  it.each([
    ['not JSON', '{', 400, 'malformed_json'],
    [
      'an unknown field',
      { ...newSend('mdl_000000000000000000000000'), colour: 1 },
      400,
      'invalid_request',
    ],
    [
      'a malformed id',
      { ...newSend('mdl_000000000000000000000000'), replyId: 'msg_1' },
      400,
      'invalid_request',
    ],
    ['empty text', newSend('mdl_000000000000000000000000', ' \n '), 400, 'message_empty'],
    ['a model that is gone', newSend('mdl_000000000000000000000000', 'x'), 404, 'model_not_found'],
    [
      'too long a text',
      newSend('mdl_000000000000000000000000', 'x'.repeat(100_001)),
      413,
      'message_too_long',
    ],
    [
      'two megabytes',
      newSend('mdl_000000000000000000000000', 'x'.repeat(2_000_000)),
      413,
      'body_too_large',
    ],
    [
      'an unknown parent',
      newSend('mdl_000000000000000000000000', 'x', { parentId: newId('message') }),
      404,
      'not_found',
    ],
  ])('refuses %s and stores nothing', async (_, body, status, code) => {
    const user = await newUser()
    const response = await user.request('POST', '/api/chat/stream', { body })
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({
      code,
      requestId: expect.stringMatching(/^req_/) as unknown,
    })
    expect(await user.json('GET', '/api/conversations')).toMatchObject({ items: [] })
    expect(await user.json('GET', '/api/me')).toMatchObject({ quota: { used: 0 } })
  })

  it('shows nobody the conversations, messages or streams of another', async () => {
    const [user, other] = [await newUser(), await newUser()]
    const send = newSend(models['pace:30:60']!)
    const stream = await user.send(send)
    const paths = [
      ['GET', `/api/conversations/${send.conversationId}`],
      ['GET', `/api/conversations/${send.conversationId}/messages`],
      ['PATCH', `/api/conversations/${send.conversationId}`],
      ['DELETE', `/api/conversations/${send.conversationId}`],
      ['GET', `/api/messages/${send.messageId}`],
      ['DELETE', `/api/messages/${send.messageId}`],
      ['GET', `/api/chat/stream/${send.replyId}`],
      ['POST', `/api/chat/stream/${send.replyId}/cancel`],
    ] as const
    for (const [method, path] of paths) {
      const response = await other.request(
        method,
        path,
        method === 'PATCH' ? { body: { title: 'mine' } } : {},
      )
      expect(response.status, `${method} ${path}`).toBe(404)
    }
    expect(logged(await readFrames(stream)).at(-1)?.event.type).toBe('complete')
  })

  it('starts exactly as many replies as may run at once, however many are asked for', async () => {
    const user = await newUser()
    const sends = Array.from({ length: 14 }, () => newSend(models['tokens:300']!))
    const replies = await Promise.all(sends.map((send) => user.send(send)))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(10)
    const refused = replies.filter(({ status }) => status !== 200)
    for (const reply of refused) {
      expect(await reply.json()).toMatchObject({ code: 'too_many_replies', max: 10 })
    }
    const accepted = replies.filter(({ status }) => status === 200)
    await Promise.all(accepted.map((reply) => readFrames(reply)))
    expect(await user.json('GET', '/api/me')).toMatchObject({ quota: { used: 10 } })
  })
})

describe('following a reply', () => {
  it('goes on exactly after the last seq a reader has, running or finished', async () => {
    const user = await newUser()
    const send = newSend(models['pace:30:60']!)
    const start = await readFrames(await user.send(send), (frames) => logged(frames).length >= 6)
    const seen = logged(start)
    const last = seen.at(-1)!.id
    const response = await user.request('GET', `/api/chat/stream/${send.replyId}`, {
      headers: { 'last-event-id': String(last) },
    })
    const rest = logged(await readFrames(response))
    expect(rest[0]?.id).toBe(last + 1)
    const whole = logged(
      await readFrames(await user.request('GET', `/api/chat/stream/${send.replyId}`)),
    )
    expect([...seen, ...rest]).toEqual(whole)
    expect(contentOf(whole)).toBe(Array.from({ length: 60 }, (_, n) => `t${n}`).join(' '))
  })

  it('refuses a place beyond the end and names the last one', async () => {
    const user = await newUser()
    const send = newSend(models['echo']!)
    const events = logged(await readFrames(await user.send(send)))
    const beyond = await user.request('GET', `/api/chat/stream/${send.replyId}?after=1000`)
    expect(await beyond.json()).toMatchObject({
      code: 'cursor_ahead',
      status: 409,
      last: events.at(-1)!.id,
    })
    const unknown = await user.request('GET', `/api/chat/stream/${newId('message')}`)
    expect(unknown.status).toBe(404)
  })
})

describe('cancelling', () => {
  it('ends the call to the provider and keeps the text so far', async () => {
    const user = await newUser()
    const send = newSend(models['pace:100:100']!, `cancel ${newId('request')}`)
    const response = await user.send(send)
    const reading = readFrames(response)
    await until(async () => {
      const [call] = await callsAbout(send.content)
      return call && Date.now() - call.receivedAt > 500
    })
    const cancelledAt = Date.now()
    const reply = await user.json('POST', `/api/chat/stream/${send.replyId}/cancel`)
    expect(reply).toEqual({ replyId: send.replyId, state: 'cancelled' })
    const events = logged(await reading)
    expect(events.at(-1)?.event).toMatchObject({ type: 'cancelled', by: 'user' })
    const call = await until(async () =>
      (await callsAbout(send.content)).find(({ outcome }) => outcome === 'aborted'),
    )
    expect(call.endedAt! - cancelledAt).toBeLessThan(1_000)
    const message = await user.message(send.replyId)
    expect(message).toMatchObject({
      state: { type: 'cancelled', by: 'user' },
      parts: [{ type: 'text' }],
    })
    expect(await user.json('GET', '/api/me')).toMatchObject({ quota: { used: 1 } })
    expect(await user.json('POST', `/api/chat/stream/${send.replyId}/cancel`)).toMatchObject({
      state: 'cancelled',
    })
  })

  it('gives the message back when nothing was produced', async () => {
    const user = await newUser()
    const send = newSend(models['slow-first:1500+echo']!)
    const reading = readFrames(await user.send(send))
    await user.json('POST', `/api/chat/stream/${send.replyId}/cancel`)
    const events = logged(await reading).map(({ event }) => event)
    expect(events.slice(-3).map(({ type }) => type)).toEqual(['usage', 'quota', 'cancelled'])
    expect(events.at(-2)).toMatchObject({ quota: { used: 0 } })
    await until(async () => {
      const me = await user.json<{ quota: { used: number } }>('GET', '/api/me')
      return me.quota.used === 0
    })
  })

  it('that comes before its send is remembered, and no provider is called', async () => {
    const user = await newUser()
    const send = newSend(models['echo']!, `early ${newId('request')}`)
    const early = await user.request('POST', `/api/chat/stream/${send.replyId}/cancel`)
    expect(early.status).toBe(202)
    const events = logged(await readFrames(await user.send(send)))
    expect(events.at(-1)?.event.type).toBe('cancelled')
    expect(await callsAbout(send.content)).toHaveLength(0)
  })
})

describe('branches', () => {
  it('regenerates and edits as siblings, and the chosen branch is the thread', async () => {
    const user = await newUser()
    const first = newSend(models['echo']!, 'first')
    await readFrames(await user.send(first))
    const second = {
      mode: 'regenerate' as const,
      conversationId: first.conversationId,
      messageId: first.messageId,
      replyId: newId('message'),
      modelId: models['echo']!,
    }
    await readFrames(await user.send(second))
    const edit = newSend(models['echo']!, 'edited', { conversationId: first.conversationId })
    await readFrames(await user.send(edit))
    const page = await user.json<MessagePage>(
      'GET',
      `/api/conversations/${first.conversationId}/messages`,
    )
    expect(page.items.map(({ id }) => id)).toEqual([edit.messageId, edit.replyId])
    expect(page.items[0]?.siblings).toEqual({
      index: 1,
      count: 2,
      ids: [first.messageId, edit.messageId],
    })
    await user.json('PATCH', `/api/conversations/${first.conversationId}`, {
      activeLeafId: first.messageId,
    })
    const other = await user.json<MessagePage>(
      'GET',
      `/api/conversations/${first.conversationId}/messages`,
    )
    expect(other.leafId).toBe(second.replyId)
    expect(other.items[1]?.siblings).toEqual({
      index: 1,
      count: 2,
      ids: [first.replyId, second.replyId],
    })
  })

  it('refuses to answer a reply that is still running', async () => {
    const user = await newUser()
    const send = newSend(models['pace:30:60']!)
    const reading = readFrames(await user.send(send))
    const next = newSend(models['echo']!, 'more', {
      conversationId: send.conversationId,
      parentId: send.replyId,
    })
    expect(await (await user.send(next)).json()).toMatchObject({ code: 'conflict' })
    await reading
  })

  it('goes on with a cancelled reply: its text is carried over and the new reply takes its place', async () => {
    const user = await newUser()
    const send = newSend(models['pace:100:100']!)
    const reading = readFrames(await user.send(send))
    await until(async () => (await user.message(send.replyId)).state.type === 'running')
    await new Promise((resolve) => setTimeout(resolve, 400))
    await user.json('POST', `/api/chat/stream/${send.replyId}/cancel`)
    const before = contentOf(await reading)
    const more = {
      mode: 'continue' as const,
      conversationId: send.conversationId,
      from: send.replyId,
      replyId: newId('message'),
      modelId: models['tokens:300']!,
    }
    const events = logged(await readFrames(await user.send(more)))
    expect(events[0]?.event).toMatchObject({ type: 'start', continuedFrom: send.replyId })
    expect(events.find(({ event }) => event.type === 'content')?.event).toMatchObject({
      content: before,
      carried: true,
    })
    const message = await until(async () => {
      const found = await user.message(more.replyId)
      return found.state.type === 'complete' && found
    })
    expect(message.parts).toHaveLength(1)
    expect(message.parts[0]).toMatchObject({
      text: before + Array.from({ length: 300 }, (_, n) => `t${n}`).join(' '),
    })
    expect(await user.message(send.replyId)).toMatchObject({ supersededBy: more.replyId })
    expect(message.siblings.count).toBe(1)
    const again = { ...more, replyId: newId('message') }
    expect(await (await user.send(again)).json()).toMatchObject({ code: 'conflict' })
  })

  it('deletes a message with all below it and moves to the nearest leaf', async () => {
    const user = await newUser()
    const first = newSend(models['echo']!, 'first')
    await readFrames(await user.send(first))
    const next = newSend(models['echo']!, 'next', {
      conversationId: first.conversationId,
      parentId: first.replyId,
    })
    await readFrames(await user.send(next))
    expect((await user.request('DELETE', `/api/messages/${next.messageId}`)).status).toBe(204)
    const conversation = await user.json<Conversation>(
      'GET',
      `/api/conversations/${first.conversationId}`,
    )
    expect(conversation).toMatchObject({ activeLeafId: first.replyId, messageCount: 2 })
    expect((await user.request('GET', `/api/messages/${next.replyId}`)).status).toBe(404)
  })
})

describe('conversations', () => {
  it('pages deep threads and long lists', async () => {
    const user = await newUser()
    let parentId: Id<'message'> | null = null
    const conversationId = newId('conversation')
    for (let turn = 0; turn < 6; turn++) {
      const send = newSend(models['echo']!, `turn ${turn}`, { conversationId, parentId })
      await readFrames(await user.send(send))
      await until(async () => (await user.message(send.replyId)).state.type === 'complete')
      parentId = send.replyId
    }
    const page = await user.json<MessagePage>(
      'GET',
      `/api/conversations/${conversationId}/messages?limit=5`,
    )
    expect(page.items).toHaveLength(5)
    expect(page.hasMore).toBe(true)
    const above = await user.json<MessagePage>(
      'GET',
      `/api/conversations/${conversationId}/messages?limit=50&before=${page.items[0]!.id}`,
    )
    expect(above.items).toHaveLength(7)
    expect(above.hasMore).toBe(false)
    expect(above.items.at(-1)?.id).toBe(page.items[0]?.parentId)
  })

  it('lists pinned ones first, page by page, and each one once', async () => {
    const user = await newUser()
    const ids = Array.from({ length: 7 }, () => newId('conversation'))
    for (const id of ids) await user.json('POST', '/api/conversations', { id, title: id })
    await user.json('PATCH', `/api/conversations/${ids[2]}`, { pinned: true })
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: { items: Conversation[]; nextCursor: string | null } = await user.json(
        'GET',
        `/api/conversations?limit=3${cursor ? `&cursor=${cursor}` : ''}`,
      )
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor)
    expect(seen[0]).toBe(ids[2])
    expect(seen.toSorted()).toEqual(ids.toSorted())
  })

  it('tells other devices what changed and what is gone, and nothing when nothing did', async () => {
    const user = await newUser()
    const id = newId('conversation')
    await user.json('POST', '/api/conversations', { id, title: 'Old' })
    const { cursor } = await user.json<{ cursor: string }>('GET', '/api/changes')
    expect((await user.request('GET', `/api/changes?after=${cursor}`)).status).toBe(204)
    await user.json('PATCH', `/api/conversations/${id}`, { title: 'New' })
    const changed = await user.json<{ cursor: string; conversations: Conversation[] }>(
      'GET',
      `/api/changes?after=${cursor}`,
    )
    expect(changed.conversations).toMatchObject([{ id, title: 'New', titleSource: 'user' }])
    await user.request('DELETE', `/api/conversations/${id}`)
    const gone = await user.json<{ deleted: string[] }>(
      'GET',
      `/api/changes?after=${changed.cursor}`,
    )
    expect(gone.deleted).toEqual([id])
  })

  it('reads no more of a body than any endpoint takes, also to remember its reply', async () => {
    const user = await newUser()
    const response = await user.request('POST', '/api/conversations', {
      body: JSON.stringify({ id: newId('conversation'), title: 'x'.repeat(6_000_000) }),
      headers: { 'idempotency-key': 'large' },
    })
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ code: 'body_too_large' })
  })

  it('answers a creating request with an idempotency key once', async () => {
    const user = await newUser()
    const body = { id: newId('conversation'), title: 'Once' }
    const post = (title: string) =>
      user.request('POST', '/api/conversations', {
        body: { ...body, title },
        headers: { 'idempotency-key': 'k1' },
      })
    const [first, again, other] = [await post('Once'), await post('Once'), await post('Twice')]
    expect([first.status, again.status, other.status]).toEqual([201, 201, 409])
    expect(await again.json()).toEqual(await first.json())
  })

  it('cancels what runs in a conversation that is deleted', async () => {
    const user = await newUser()
    const send = newSend(models['pace:100:100']!, `delete ${newId('request')}`)
    const reading = readFrames(await user.send(send))
    await until(async () => (await callsAbout(send.content)).length > 0)
    expect((await user.request('DELETE', `/api/conversations/${send.conversationId}`)).status).toBe(
      204,
    )
    expect(logged(await reading).at(-1)?.event.type).toBe('cancelled')
    expect((await user.request('GET', `/api/messages/${send.replyId}`)).status).toBe(404)
    // The same request again finds the generation, but no message to show any more.
    expect(await (await user.send(send)).json()).toMatchObject({ code: 'not_found' })
  })
})
