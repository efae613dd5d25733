import { expect, it } from 'vitest'
import { messageOf } from './conversation-state.ts'
import type { ConversationStore } from './conversation-store.ts'
import { openStore, settle, textsOf } from './fake-conversation.ts'
import { fakeImage } from './fake-image.ts'
import { conversationId, FakeServer, message, messageId } from './fake-server.ts'

const images = [fakeImage('a'), fakeImage('b')]
const ids = images.map(({ attachmentId }) => attachmentId)

function imagesIn(store: ConversationStore, index: number) {
  const id = store.get().thread.at(index) ?? messageId('none')
  const parts = messageOf(store.get(), id)?.parts ?? []
  return parts.flatMap((part) => (part.type === 'attachment' ? [part.attachmentId] : []))
}

it('are shown with the message before the server has answered, and sent by their ids', async () => {
  const server = new FakeServer()
  const store = await openStore(server)

  void store.send('', {}, images)
  expect(imagesIn(store, 0)).toEqual(ids)
  await settle()

  expect(server.accepted).toMatchObject([{ content: '', attachments: ids }])
})

it('come back in front of those added since when the message is refused', async () => {
  const server = new FakeServer()
  server.refuseWith = 'quota_exceeded'
  const store = await openStore(server)

  void store.send('Hello', {}, images)
  server.drafts.addImage(conversationId, fakeImage('c'))
  await settle()

  expect(store.get().thread).toEqual([])
  expect(server.drafts.imagesOf(conversationId)).toEqual([...images, fakeImage('c')])
})

it('are sent again with the refused message, leaving those added since', async () => {
  const server = new FakeServer()
  server.refuseWith = 'quota_exceeded'
  const store = await openStore(server)
  void store.send('', {}, images)
  server.drafts.addImage(conversationId, fakeImage('c'))
  await settle()

  server.refuseWith = null
  void store.retryRefused()
  expect(imagesIn(store, 0)).toEqual(ids)
  await settle()

  expect(server.accepted).toMatchObject([{ attachments: ids }])
  expect(server.drafts.imagesOf(conversationId)).toEqual([fakeImage('c')])
})

it('are sent as they are in the composer when one was removed after the refusal', async () => {
  const server = new FakeServer()
  server.refuseWith = 'quota_exceeded'
  const store = await openStore(server)
  void store.send('', {}, images)
  await settle()
  server.drafts.removeImage(conversationId, fakeImage('a').attachmentId)

  server.refuseWith = null
  void store.retryRefused()
  await settle()

  expect(server.accepted).toMatchObject([{ attachments: [fakeImage('b').attachmentId] }])
  expect(server.drafts.imagesOf(conversationId)).toEqual([])
})

it('stay with an edited message', async () => {
  const server = new FakeServer()
  server.seed([message(messageId('m'), { parts: [...images, { type: 'text', text: 'old' }] })])
  const store = await openStore(server)

  void store.edit(messageId('m'), 'new', {}, images)
  await settle()

  expect(textsOf(store)).toEqual(['new', ''])
  expect(imagesIn(store, 0)).toEqual(ids)
  expect(server.accepted).toMatchObject([{ content: 'new', attachments: ids, parentId: null }])
})
