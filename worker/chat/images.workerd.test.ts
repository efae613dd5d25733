import { abortAllDurableObjects } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { Buffer } from 'node:buffer'
import { expireImages, sweepUploads } from '../attachments/sweep-attachments.ts'
import { png as tinyPng } from '../attachments/tiny-images.ts'
import type { Attachment } from '../contract/attachments.ts'
import type { GenerateInput } from '../contract/chat.ts'
import type { Conversation, MessagePage } from '../contract/conversations.ts'
import { newId, type Id } from '../contract/ids.ts'
import {
  callsAbout,
  connectModels,
  newSend,
  openInstallation,
  readFrames,
  TestClient,
  until,
  takeSteps,
} from '../test-client.ts'

let admin: TestClient
let user: TestClient
let seeing: Id<'model'>
let blind: Id<'model'>
let slowFirst: Id<'model'>
let limited: Id<'model'>
let long: Id<'model'>
beforeAll(async () => {
  admin = await openInstallation()
  const names = [
    'echo',
    'tokens:3',
    'slow-first:2500+tokens:5',
    'status:429:retry=1',
    'pace:100:80',
  ]
  ;[seeing, blind, slowFirst, limited, long] = (await connectModels(admin, names)) as [
    Id<'model'>,
    Id<'model'>,
    Id<'model'>,
    Id<'model'>,
    Id<'model'>,
  ]
  await admin.json('PATCH', `/api/models/${blind}`, { capabilities: { vision: false } })
  user = new TestClient()
  await user.join()
})

const run = async (input: GenerateInput) => {
  const response = await user.send(input)
  expect(response.status).toBe(200)
  return readFrames(response)
}
const refused = async (input: GenerateInput) => {
  const response = await user.send(input)
  const { code, ...rest } = await response.json<{ code: string }>()
  return { ...rest, status: response.status, code }
}

interface SentMessage {
  role: string
  content: string | { type: string; text?: string; image_url?: { url: string } }[]
}
/** What of a call the provider got: words as they are, images as their type. */
async function receivedAbout(text: string) {
  const calls = await callsAbout(text)
  const { messages } = calls.at(-1)! as { messages: SentMessage[] }
  return messages
    .filter(({ role }) => role === 'user')
    .map(({ content }) =>
      typeof content === 'string'
        ? [content]
        : content.map((part) => part.text ?? part.image_url!.url.split(',')[0]),
    )
}

const png = 'data:image/png;base64'

describe('a message with images', () => {
  it('reaches the provider with them, and so do regenerations and later turns', async () => {
    const [cat, dog] = [await user.newImage('cat.png'), await user.newImage('dog.png')]
    const send = newSend(seeing, 'who is this 1', { attachments: [cat.id, dog.id] })
    await run(send)
    expect(await receivedAbout('who is this 1')).toEqual([['who is this 1', png, png]])

    const { conversationId, messageId } = send
    const again = { mode: 'regenerate', conversationId, messageId, modelId: seeing } as const
    const replyId = newId('message')
    await run({ ...again, replyId })
    expect(await callsAbout('who is this 1')).toHaveLength(2)
    expect(await receivedAbout('who is this 1')).toEqual([['who is this 1', png, png]])

    await run(newSend(seeing, 'and now 1', { conversationId, parentId: replyId }))
    expect(await receivedAbout('and now 1')).toEqual([['who is this 1', png, png], ['and now 1']])
    await admin.json('PATCH', '/api/settings', { values: { 'images.historyMax': 1 } })
    const last = newSend(seeing, 'and then 1', { conversationId, parentId: replyId })
    await run(last)
    expect(await receivedAbout('and then 1')).toEqual([
      ['who is this 1\n[image: cat.png]', png],
      ['and then 1'],
    ])
    await admin.json('PATCH', '/api/settings', { values: { 'images.historyMax': 8 } })

    await run({ ...again, modelId: blind, replyId: newId('message') })
    expect(await receivedAbout('who is this 1')).toEqual([
      ['who is this 1\n[image: cat.png]\n[image: dog.png]'],
    ])
  })

  it('carries the very bytes that were uploaded', async () => {
    const bytes = tinyPng(1, 1, 'abcdefg'.repeat(500_000))
    const image = await (await user.upload(bytes)).json<Attachment>()
    await run(newSend(seeing, 'the bytes', { attachments: [image.id] }))
    const [call] = (await callsAbout('the bytes')) as { messages: SentMessage[] }[]
    const { content } = call!.messages.at(-1)!
    const url = (content as { image_url?: { url: string } }[])[1]!.image_url!.url
    expect(Buffer.from(bytes).equals(Buffer.from(url.split(',')[1]!, 'base64'))).toBe(true)
  })

  it('needs no words, shows where its images are, and names the conversation', async () => {
    const image = await user.newImage('only.png')
    const send = newSend(seeing, '', { attachments: [image.id, image.id] })
    await run(send)
    const { createdAt: _, id, ...rest } = image
    const part = { type: 'attachment', attachmentId: id, ...rest }
    expect((await user.message(send.messageId)).parts).toEqual([part])
    const path = `/api/conversations/${send.conversationId}`
    const page = await user.json<MessagePage>('GET', `${path}/messages`)
    expect(page.items[0]?.parts).toEqual([part])
    expect((await user.json<Conversation>('GET', path)).title).toBe('Image')

    await admin.json('PATCH', '/api/settings', {
      values: { 'images.baseUrl': 'https://images.example.org' },
    })
    const elsewhere = (await user.message(send.messageId)).parts[0] as { url: string }
    expect(elsewhere.url).toMatch(/^https:\/\/images\.example\.org\/api\/attachments\/.*sig=/)
    await admin.json('PATCH', '/api/settings', { values: { 'images.baseUrl': '' } })
    const row = await env.DB.prepare(`select parts from messages where id = ?1`)
      .bind(send.messageId)
      .first<{ parts: string }>()
    expect(row?.parts).not.toContain('url')
  })

  it('reaches the provider with them also at a retry, a continuation and after a lost runtime', async () => {
    const { id } = await user.newImage()
    const attachments = [id]
    await run(newSend(limited, 'a retried picture', { attachments }))
    const retried = (await callsAbout('a retried picture')) as { messages: SentMessage[] }[]
    expect(retried.length).toBeGreaterThan(1)
    expect(await receivedAbout('a retried picture')).toEqual([['a retried picture', png]])

    const lost = newSend(slowFirst, 'a lost picture', { attachments })
    const reading = readFrames(await user.send(lost)).catch(() => [])
    await until(async () => (await callsAbout('a lost picture')).length === 1)
    await abortAllDurableObjects()
    await reading
    await until(async () => {
      const reply = await user.request('GET', `/api/chat/stream/${lost.replyId}`)
      return reply.ok && readFrames(reply)
    })
    expect(await callsAbout('a lost picture')).toHaveLength(2)
    expect(await receivedAbout('a lost picture')).toEqual([['a lost picture', png]])

    const stopped = newSend(long, 'a stopped picture', { attachments })
    await readFrames(await user.send(stopped), (frames) => frames.length > 5)
    await user.json('POST', `/api/chat/stream/${stopped.replyId}/cancel`)
    const from = stopped.replyId
    await until(async () => (await user.message(from)).state.type === 'cancelled')
    const { conversationId } = stopped
    await run({
      mode: 'continue',
      conversationId,
      from,
      replyId: newId('message'),
      modelId: seeing,
    })
    const calls = (await callsAbout('Continue your last answer')) as { messages: SentMessage[] }[]
    const continued = calls.map(({ messages }) => JSON.stringify(messages))
    const mine = continued.filter((messages) => messages.includes('a stopped picture'))
    expect(mine).toEqual([expect.stringContaining(png)])
  })

  it('whose image vanished from storage tells the model its name', async () => {
    const image = await user.newImage('lost.png')
    const row = await env.DB.prepare(`select sha256 from attachments where id = ?1`)
      .bind(image.id)
      .first<{ sha256: string }>()
    await env.FILES.delete(`images/${row!.sha256}`)
    await run(newSend(seeing, 'lost one', { attachments: [image.id] }))
    expect(await receivedAbout('lost one')).toEqual([['lost one\n[image: lost.png]']])
  })
})

describe('a refused message with images', () => {
  it('leaves nothing behind, and its images may be sent again or deleted', async () => {
    const image = await user.newImage()
    const attachments = [image.id]
    const theirs = await admin.newImage()
    const unknown = newId('attachment')
    for (const foreign of [theirs.id, unknown]) {
      const answer = await refused(newSend(seeing, 'x', { attachments: [image.id, foreign] }))
      expect(answer).toMatchObject({ status: 404, code: 'not_found' })
    }
    expect(await refused(newSend(blind, 'x', { attachments }))).toMatchObject({
      status: 422,
      code: 'model_unsuitable',
      capability: 'vision',
    })
    const many = Array.from({ length: 9 }, () => image.id)
    expect(await refused(newSend(seeing, 'x', { attachments: many }))).toMatchObject({
      status: 400,
      code: 'attachment_count',
      max: 8,
    })
    await env.DB.prepare(`update attachments set bytes = 70000000 where id = ?1`)
      .bind(image.id)
      .run()
    expect(await refused(newSend(seeing, 'x', { attachments }))).toMatchObject({
      status: 413,
      code: 'attachment_too_large',
    })
    expect(await linksOf(image)).toBe(0)
    expect((await user.request('DELETE', image.url)).status).toBe(204)
  })
})

describe('a message with images over the quota', () => {
  it('leaves no use of them, and no message', async () => {
    const image = await user.newImage()
    const set = (limit: number) =>
      admin.json('PATCH', '/api/settings', { values: { 'quota.user.messagesPerDay': limit } })
    await set(0)
    const send = newSend(seeing, 'over', { attachments: [image.id] })
    expect(await refused(send)).toMatchObject({ code: 'quota_exceeded' })
    await set(200)
    expect(await linksOf(image)).toBe(0)
    expect(await user.json('GET', `/api/messages/${send.messageId}`)).toMatchObject({
      code: 'not_found',
    })
  })
})

describe('an image in use', () => {
  it('may be in several messages, and is kept until the last is deleted', async () => {
    const image = await user.newImage()
    const first = newSend(seeing, 'first use', { attachments: [image.id] })
    const edited = newSend(seeing, 'second use', {
      attachments: [image.id],
      conversationId: first.conversationId,
    })
    await run(first)
    await run(edited)
    await user.request('DELETE', `/api/messages/${first.messageId}`)
    await sweep(Date.now() + 86_400_001)
    expect(await statusOf(image)).toBe(200)
    await user.request('DELETE', `/api/messages/${edited.messageId}`)
    await sweep(Date.now() + 86_400_001)
    expect(await statusOf(image)).toBe(404)
  })

  it('is not deleted before its message is', async () => {
    const image = await user.newImage()
    const send = newSend(seeing, 'in use', { attachments: [image.id] })
    await run(send)
    expect(await user.json('DELETE', image.url)).toMatchObject({ code: 'conflict' })
    await user.request('DELETE', `/api/messages/${send.messageId}`)
    expect((await user.request('DELETE', image.url)).status).toBe(204)
  })
})

describe('the daily sweep', () => {
  it('deletes what was unused for a day, with the blobs nobody else has', async () => {
    const [kept, unsent, deleted, left] = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => user.newImage(name)),
    )
    await run(newSend(seeing, 'kept', { attachments: [kept!.id] }))
    const gone = newSend(seeing, 'gone', { attachments: [deleted!.id] })
    await run(gone)
    await user.request('DELETE', `/api/messages/${gone.messageId}`)
    const last = newSend(seeing, 'left', { attachments: [left!.id] })
    await run(last)
    await user.request('DELETE', `/api/conversations/${last.conversationId}`)
    await sweep(Date.now())
    expect(await statusOf(unsent!)).toBe(200)
    const blobs = (await env.FILES.list({ prefix: 'images/' })).objects.length
    await sweep(Date.now() + 86_400_001)
    expect(await Promise.all([kept!, unsent!, deleted!, left!].map(statusOf))).toEqual([
      200, 404, 404, 404,
    ])
    const after = (await env.FILES.list({ prefix: 'images/' })).objects.length
    expect(after).toBeLessThanOrEqual(blobs - 3)
    const hashes = await env.DB.prepare(`select distinct sha256 from attachments`).all()
    expect(after).toBeLessThanOrEqual(hashes.results.length)
  })

  it('deletes what is older than the retention, also in use, and the message stays', async () => {
    const image = await user.newImage('old.png')
    const send = newSend(seeing, 'a picture long ago', { attachments: [image.id] })
    await run(send)
    await takeSteps(expireImages(env, Date.now() + 10 * 86_400_000, Date.now()))
    expect(await statusOf(image)).toBe(404)
    expect((await user.message(send.messageId)).parts[1]).toMatchObject({ name: 'old.png' })
    const replyId = newId('message')
    const { conversationId, messageId } = send
    await run({ mode: 'regenerate', conversationId, messageId, replyId, modelId: seeing })
    expect(await receivedAbout('a picture long ago')).toEqual([
      ['a picture long ago\n[image: old.png]'],
    ])
  })

  it('finds blobs whose upload was broken off before its row', async () => {
    const key = `images/${'ab'.repeat(32)}`
    await env.FILES.put(key, 'x')
    await sweep(Date.now())
    expect(await env.FILES.head(key)).not.toBeNull()
    await sweep(Date.now() + 86_400_001)
    expect(await env.FILES.head(key)).toBeNull()
  })
})

async function sweep(now: number): Promise<void> {
  await takeSteps(sweepUploads(env, now))
}

async function statusOf(image: Attachment): Promise<number> {
  const response = await user.request('GET', image.url)
  await response.body?.cancel()
  return response.status
}

async function linksOf({ id }: Attachment): Promise<number> {
  const row = await env.DB.prepare(
    `select count(*) as links from message_attachments where attachment_id = ?1`,
  )
    .bind(id)
    .first<{ links: number }>()
  return row!.links
}
