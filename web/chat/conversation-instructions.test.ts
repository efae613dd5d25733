import { expect, it } from 'vitest'
import { createConversationStore } from './conversation-store.ts'
import { openStore, settle } from './fake-conversation.ts'
import { conversationId, FakeServer, threadOf } from './fake-server.ts'

function beginStore(server: FakeServer) {
  return createConversationStore(conversationId, server.deps(), 'new:nobody')
}

it('makes a conversation with its instructions before the first message', async () => {
  const server = new FakeServer()
  const store = beginStore(server)
  store.choose({ systemPrompt: 'Answer in rhyme.' })
  expect(server.isCreated).toBe(false)

  void store.send('Hello', {})
  await settle()

  expect(server.isCreated).toBe(true)
  expect(server.accepted).toHaveLength(1)
  expect(store.get().conversation?.systemPrompt).toBe('Answer in rhyme.')
})

it('lets the first message make the conversation when the instructions are blank', async () => {
  const server = new FakeServer()
  const store = beginStore(server)
  store.choose({ systemPrompt: ' \n' })

  void store.send('Hello', {})
  await settle()

  expect(server.isCreated).toBe(false)
  expect(server.accepted).toHaveLength(1)
})

it('gives the text back and keeps the instructions when they are refused', async () => {
  const server = new FakeServer()
  const store = beginStore(server)
  store.choose({ systemPrompt: 'x'.repeat(20) })
  server.refuseCreateWith = 'invalid_request'

  void store.send('Hello', {})
  await settle()

  expect(store.get().refusal?.problem?.code).toBe('invalid_request')
  expect(store.get().chosen.systemPrompt).toBe('x'.repeat(20))
  expect(server.drafts.textOf(store.draftKey())).toBe('Hello')
  expect(server.accepted).toHaveLength(0)
})

it('takes instructions back that an attempt which failed has made', async () => {
  const server = new FakeServer()
  const store = beginStore(server)
  store.choose({ systemPrompt: 'Answer in rhyme.' })
  server.refuseWith = 'too_many_replies'
  void store.send('Hello', {})
  await settle()

  server.refuseWith = null
  store.choose({ systemPrompt: '' })
  void store.retryRefused()
  await settle()

  expect(server.systemPrompt).toBeNull()
  expect(server.accepted).toHaveLength(1)
})

it('saves over a revision that changed nothing about them', async () => {
  const server = new FakeServer()
  server.seed(threadOf(2))
  const store = await openStore(server)
  server.revision++

  await store.instruct('Be brief.', null)

  expect(server.systemPrompt).toBe('Be brief.')
  expect(store.get().conversation?.systemPrompt).toBe('Be brief.')
})

it('does not save over instructions that were changed elsewhere, and shows them', async () => {
  const server = new FakeServer()
  server.seed(threadOf(2))
  const store = await openStore(server)
  server.systemPrompt = 'Be long.'
  server.revision++

  await expect(store.instruct('Be brief.', null)).rejects.toMatchObject({
    problem: { code: 'revision_conflict' },
  })

  expect(server.systemPrompt).toBe('Be long.')
  expect(store.get().conversation?.systemPrompt).toBe('Be long.')

  await store.instruct('Be brief.', 'Be long.')
  expect(server.systemPrompt).toBe('Be brief.')
})

it('clears instructions that are blank', async () => {
  const server = new FakeServer()
  server.systemPrompt = 'Be long.'
  const store = await openStore(server)

  await store.instruct('  ', 'Be long.')

  expect(server.systemPrompt).toBeNull()
})
