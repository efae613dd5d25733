import { beforeAll, expect, it } from 'vitest'
import type { Conversation, MessagePage } from '../contract/conversations.ts'
import { newId, type Id } from '../contract/ids.ts'
import {
  connectModels,
  newSend,
  openInstallation,
  readFrames,
  type TestClient,
} from '../test-client.ts'

let admin: TestClient
let model: Id<'model'>
beforeAll(async () => {
  admin = await openInstallation({ 'chat.repliesPerMessageMax': 2 })
  ;[model] = (await connectModels(admin, ['words:3'])) as [Id<'model'>]
})

it('lets the oldest reply give way over the limit, and counts what is left', async () => {
  const send = newSend(model)
  await readFrames(await admin.send(send))
  for (let again = 0; again < 3; again++) {
    const regenerate = {
      mode: 'regenerate' as const,
      conversationId: send.conversationId,
      messageId: send.messageId,
      replyId: newId('message'),
    }
    await readFrames(await admin.send(regenerate))
  }
  const path = `/api/conversations/${send.conversationId}`
  const { items } = await admin.json<MessagePage>('GET', `${path}/messages`)
  expect(items.at(-1)?.siblings).toMatchObject({ index: 1, count: 2 })
  expect((await admin.request('GET', `/api/messages/${send.replyId}`)).status).toBe(404)
  expect((await admin.json<Conversation>('GET', path)).messageCount).toBe(3)
})
