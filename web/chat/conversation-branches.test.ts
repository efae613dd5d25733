import { describe, expect, it } from 'vitest'
import { lastOf, openStore, settle, textsOf } from './fake-conversation.ts'
import {
  complete,
  content,
  FakeServer,
  interrupted,
  message,
  messageId,
  threadOf,
} from './fake-server.ts'

describe('branches', () => {
  it('puts another reply in the place of the old one and counts both', async () => {
    const server = new FakeServer()
    server.seed(threadOf(2))
    const store = await openStore(server)

    void store.regenerate(messageId('m0'), {})
    await settle()

    expect(store.get().thread).toEqual([messageId('m0'), lastOf(store).id])
    expect(lastOf(store).siblings).toEqual({
      index: 1,
      count: 2,
      ids: [messageId('m1'), lastOf(store).id],
    })
    expect(store.get().messages.get(messageId('m1'))?.siblings.count).toBe(2)
  })

  it('edits a message in the middle as a sibling and drops what followed from view', async () => {
    const server = new FakeServer()
    server.seed(threadOf(6))
    const store = await openStore(server)

    void store.edit(messageId('m2'), 'changed', {})
    await settle()

    expect(textsOf(store)).toEqual(['text 0', 'text 1', 'changed', ''])
    expect(store.get().messages.get(store.get().thread[2] as never)?.siblings.count).toBe(2)
  })

  it('returns to the whole thread when an edit is refused', async () => {
    const server = new FakeServer()
    server.seed(threadOf(6))
    server.refuseWith = 'message_too_long'
    const store = await openStore(server)
    const before = { ...store.get() }

    void store.edit(messageId('m2'), 'changed', {})
    await settle()

    expect(store.get().thread).toEqual(before.thread)
    expect(new Map(store.get().messages)).toEqual(new Map(before.messages))
  })

  it('shows the thread through the selected sibling', async () => {
    const server = new FakeServer()
    server.seed(threadOf(4))
    const store = await openStore(server)
    void store.edit(messageId('m0'), 'changed', {})
    await settle()
    server.log(lastOf(store).id, content('other'), complete)

    await store.select(messageId('m0'))

    expect(textsOf(store)).toEqual(['text 0', 'text 1', 'text 2', 'text 3'])
    expect(server.leaf).toBe(messageId('m3'))
  })

  it('keeps the older part on screen when a far sibling is selected', async () => {
    const server = new FakeServer()
    server.seed(threadOf(100))
    const store = await openStore(server)
    await store.loadOlder()
    await store.loadOlder()
    expect(store.get().thread).toHaveLength(100)

    void store.regenerate(messageId('m10'), {})
    await settle()
    server.log(lastOf(store).id, content('other'), complete)
    await store.select(messageId('m11'))

    expect(store.get().thread).toHaveLength(100)
    expect(store.get().hasOlder).toBe(false)
  })

  it('continues below the text on screen, which never goes away', async () => {
    const server = new FakeServer()
    server.seed([
      ...threadOf(1),
      message(messageId('m1'), {
        parentId: messageId('m0'),
        role: 'assistant',
        parts: [{ type: 'text', text: 'The capital' }],
        state: { type: 'interrupted', problem: interrupted.problem },
      }),
    ])
    const store = await openStore(server)

    void store.continue(messageId('m1'), {})
    expect(textsOf(store)).toEqual(['text 0', 'The capital'])
    await settle()
    server.log(lastOf(store).id, { type: 'content', content: 'The ', carried: true })
    expect(textsOf(store)).toEqual(['text 0', 'The capital'])
    server.log(
      lastOf(store).id,
      { type: 'content', content: 'capital', carried: true },
      content(' is'),
    )
    expect(textsOf(store)).toEqual(['text 0', 'The capital is'])
    expect(lastOf(store).siblings.count).toBe(1)
  })
})
