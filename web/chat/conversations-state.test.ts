import { describe, expect, it } from 'vitest'
import type { Conversation } from '#contract/conversations.ts'
import { idFrom, type Id } from '#contract/ids.ts'
import {
  listOf,
  noConversations,
  withBegun,
  withChanges,
  withConversations,
  withEnded,
  withoutConversations,
  withPage,
  type ConversationsState,
} from './conversations-state.ts'

const idOf = (name: string) => idFrom('conversation', name)
const reply = (name: string) => idFrom('message', name)

function conversation(name: string, change: Partial<Conversation> = {}): Conversation {
  return {
    id: idOf(name),
    title: name,
    titleSource: 'derived',
    modelId: null,
    systemPrompt: null,
    reasoning: { enabled: null, effort: null, think: null },
    tools: { webSearch: null },
    pinnedAt: null,
    activeLeafId: null,
    messageCount: 2,
    usage: { inputTokens: 0, outputTokens: 0 },
    running: [],
    createdAt: 1,
    activeAt: 100,
    expiresAt: null,
    revision: 1,
    ...change,
  }
}
const running = (name: string, conversationId: Id<'conversation'>) => ({
  replyId: reply(name),
  conversationId,
  messageId: reply('m'),
})
const titles = (state: ConversationsState) => listOf(state).map(({ title }) => title)
const unseen = { seenId: null, now: 1_000_000 }
const nothing = { conversations: [], deleted: [], running: [] }

describe('the list', () => {
  it('has pinned conversations first and the rest by last activity', () => {
    const state = withPage(noConversations, {
      items: [
        conversation('old', { activeAt: 1 }),
        conversation('new', { activeAt: 9 }),
        conversation('pinned', { activeAt: 2, pinnedAt: 5 }),
        conversation('pinned later', { activeAt: 1, pinnedAt: 6 }),
      ],
      nextCursor: null,
    })
    expect(titles(state)).toEqual(['pinned', 'pinned later', 'new', 'old'])
  })

  it('does not show a changed conversation of a page not yet loaded out of its place', () => {
    const loaded = withPage(noConversations, {
      items: [conversation('a', { activeAt: 9 }), conversation('b', { activeAt: 7 })],
      nextCursor: 'more',
    })
    const changed = withChanges(
      loaded,
      { ...nothing, conversations: [conversation('ancient', { activeAt: 1 })] },
      unseen,
    )
    expect(titles(changed)).toEqual(['a', 'b'])
    expect(titles(withPage(changed, { items: [], nextCursor: null }))).toEqual([
      'a',
      'b',
      'ancient',
    ])
  })

  it('keeps the newer of two readings, whichever arrives first', () => {
    const newer = conversation('a', { title: 'new', revision: 3 })
    const older = conversation('a', { title: 'old', revision: 2 })
    expect(titles(withPage(withConversations(noConversations, [newer]), page(older)))).toEqual([
      'new',
    ])
    expect(titles(withConversations(withPage(noConversations, page(older)), [newer]))).toEqual([
      'new',
    ])
  })

  it('never brings a deleted conversation back with a late reading', () => {
    const deleted = withoutConversations(withPage(noConversations, page(conversation('a'))), [
      idOf('a'),
    ])
    expect(titles(withConversations(deleted, [conversation('a', { revision: 9 })]))).toEqual([])
  })
})

function page(...items: Conversation[]) {
  return { items, nextCursor: null }
}

describe('a running reply', () => {
  const begun = withChanges(
    withPage(noConversations, page(conversation('a'))),
    { ...nothing, running: [running('r', idOf('a'))] },
    unseen,
  )

  it('marks its conversation unread when it ends where nobody looks', () => {
    const ended = withChanges(begun, nothing, unseen)
    expect(ended.running.size).toBe(0)
    expect([...ended.unread]).toEqual([idOf('a')])
  })

  it('marks nothing when its conversation is being looked at', () => {
    expect(withChanges(begun, nothing, { ...unseen, seenId: idOf('a') }).unread.size).toBe(0)
    expect(withEnded(begun, reply('r'), idOf('a')).unread.size).toBe(0)
  })

  it('marks nothing when its conversation was deleted', () => {
    const deleted = withChanges(begun, { ...nothing, deleted: [idOf('a')] }, unseen)
    expect(deleted.unread.size).toBe(0)
    expect([...deleted.gone]).toEqual([idOf('a')])
  })

  it('that began here goes on although an answer from before does not know it', () => {
    const here = withBegun(noConversations, reply('r'), {
      conversationId: idOf('a'),
      begunHereAt: unseen.now - 500,
    })
    expect(withChanges(here, nothing, unseen).running.size).toBe(1)
    const later = withChanges(here, nothing, { ...unseen, now: unseen.now + 60_000 })
    expect(later.running.size).toBe(0)
  })
})
