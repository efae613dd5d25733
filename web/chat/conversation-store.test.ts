import { describe, expect, it } from 'vitest'
import { createConversationStore } from './conversation-store.ts'
import { lastOf, openStore, settle, textsOf } from './fake-conversation.ts'
import { complete, content, conversationId, FakeServer, threadOf } from './fake-server.ts'

describe('sending', () => {
  it('shows the message and its reply before the server has answered', async () => {
    const server = new FakeServer()
    server.seed(threadOf(2))
    const store = await openStore(server)

    void store.send('Hello', {})

    expect(textsOf(store)).toEqual(['text 0', 'text 1', 'Hello', ''])
    expect(lastOf(store).state.type).toBe('pending')
  })

  it('folds the log into the reply until its end', async () => {
    const server = new FakeServer()
    const store = await openStore(server)
    void store.send('Hello', {})
    await settle()

    server.log(lastOf(store).id, content('Hi '), content('there'))
    expect(textsOf(store)).toEqual(['Hello', 'Hi there'])
    expect(store.get().runs.size).toBe(1)

    server.log(lastOf(store).id, { type: 'stop', reason: 'stop', raw: 'stop' }, complete)
    expect(lastOf(store).state).toEqual({ type: 'complete', reason: 'stop', raw: 'stop' })
    expect(store.get().runs.size).toBe(0)
  })

  it('takes the pair away and gives the text back in front of what was typed since', async () => {
    const server = new FakeServer()
    server.seed(threadOf(2))
    server.refuseWith = 'quota_exceeded'
    const store = await openStore(server)
    const before = store.get().thread

    void store.send('Hello', {})
    server.drafts.write(conversationId, 'and more')
    await settle()

    expect(store.get().thread).toEqual(before)
    expect(store.get().runs.size).toBe(0)
    expect(server.drafts.textOf(conversationId)).toBe('Hello\n\nand more')
    expect(store.get().refusal?.problem?.code).toBe('quota_exceeded')
  })

  it('sends the refused text again, and leaves what was typed since', async () => {
    const server = new FakeServer()
    server.refuseWith = 'too_many_replies'
    const store = await openStore(server)
    void store.send('Hello', {})
    server.drafts.write(conversationId, 'and more')
    await settle()

    server.refuseWith = null
    void store.retryRefused()
    await settle()

    expect(textsOf(store)).toEqual(['Hello', ''])
    expect(server.drafts.textOf(conversationId)).toBe('and more')
    expect(store.get().refusal).toBeNull()
  })

  it('sends what the end of the session cut off once somebody signs in again', async () => {
    const server = new FakeServer()
    server.refuseWith = 'session_ended'
    const store = await openStore(server)
    void store.send('Hello', {})
    await settle()
    expect(server.drafts.textOf(conversationId)).toBe('Hello')

    server.refuseWith = null
    void store.resume()
    await settle()

    expect(server.accepted).toHaveLength(1)
    expect(server.drafts.textOf(conversationId)).toBe('')
  })

  it('forgets a refusal when the message turns out to have arrived', async () => {
    const server = new FakeServer()
    const store = createConversationStore(
      conversationId,
      server.deps({
        async follow(options) {
          // The request arrives, its reply does not.
          await server.deps().follow({ ...options, signal: AbortSignal.timeout(1) })
        },
      }),
    )
    await store.load()
    void store.send('Hello', {})
    await new Promise((resolve) => setTimeout(resolve, 20))
    const [start] = server.accepted
    expect(start).toBeDefined()

    await store.refresh()

    expect(store.get().refusal).toBeNull()
    expect(server.drafts.textOf(conversationId)).toBe('')
    expect(textsOf(store)).toEqual(['Hello', ''])
  })

  it('begins a conversation whose text was the draft of the welcome page', async () => {
    const server = new FakeServer()
    const store = createConversationStore(conversationId, server.deps(), 'new:usr_1')
    void store.send('Hello', {})
    server.drafts.write('new:usr_1', 'typed meanwhile')
    await settle()

    expect(store.get().status.type).toBe('ready')
    expect(store.draftKey()).toBe(conversationId)
    expect(server.drafts.textOf(conversationId)).toBe('typed meanwhile')
    expect(server.drafts.textOf('new:usr_1')).toBe('')
  })
})

describe('staying in step', () => {
  it('follows a reply that was begun elsewhere', async () => {
    const server = new FakeServer()
    server.seed(threadOf(2))
    const mine = await openStore(server)
    const other = await openStore(server)
    void other.send('From the phone', {})
    await settle()

    mine.note(server.conversation())
    await settle()
    server.log(lastOf(other).id, content('Hi'))

    expect(textsOf(mine)).toEqual(['text 0', 'text 1', 'From the phone', 'Hi'])
  })

  it('reads no page when the thread shows all there is', async () => {
    const server = new FakeServer()
    server.seed(threadOf(2))
    let pages = 0
    const deps = server.deps()
    const store = createConversationStore(conversationId, {
      ...deps,
      getPage: (...args) => (pages++, deps.getPage(...args)),
    })
    await store.load()
    void store.send('Hello', {})
    await settle()
    server.log(lastOf(store).id, content('Hi'), complete)

    store.note(server.conversation())
    await settle()

    expect(pages).toBe(1)
  })

  it('does not let a page asked for before a send take the pair away', async () => {
    const server = new FakeServer()
    server.seed(threadOf(2))
    const deps = server.deps()
    let answer = () => {}
    let isSlow = false
    const store = createConversationStore(conversationId, {
      ...deps,
      async getPage(...args) {
        const page = await deps.getPage(...args)
        if (isSlow) await new Promise<void>((resolve) => (answer = resolve))
        return page
      },
    })
    await store.load()
    isSlow = true
    void store.refresh()
    await settle()
    void store.send('Hello', {})
    isSlow = false
    answer()
    await settle()

    expect(textsOf(store)).toEqual(['text 0', 'text 1', 'Hello', ''])
  })

  it('learns the outcome of a reply that ended while nobody followed it', async () => {
    const server = new FakeServer()
    const store = await openStore(server)
    void store.send('Hello', {})
    await settle()
    const replyId = lastOf(store).id
    server.log(replyId, content('Hi'))
    store.leave()
    await settle()
    server.log(replyId, content(' there'), complete)

    store.note({ ...server.conversation(), revision: 99, messageCount: 0 })
    await settle()

    expect(textsOf(store)).toEqual(['Hello', 'Hi there'])
    expect(store.get().runs.size).toBe(0)
  })

  it('stops the reply and keeps what was written', async () => {
    const server = new FakeServer()
    const store = await openStore(server)
    void store.send('Hello', {})
    await settle()
    server.log(lastOf(store).id, content('Once'))

    await store.stop()

    expect(lastOf(store).state).toEqual({ type: 'cancelled', by: 'user' })
    expect(textsOf(store)).toEqual(['Hello', 'Once'])
  })
})
