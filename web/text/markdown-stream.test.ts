import { describe, expect, it } from 'vitest'
import type { FromWorker } from './markdown-protocol.ts'
import { MarkdownStream, type StreamHost } from './markdown-stream.ts'
import type { Block, Root } from './markdown-tree.ts'

/** A host that notes what it is sent, with texts as the worker would have put them together. */
function host() {
  const cache = new Map<string, Root>()
  const sent: { id: number; text: string; finished: boolean }[] = []
  const dropped: number[] = []
  let lastId = 0
  const self: StreamHost = {
    cached: (text) => cache.get(text),
    send(_stream, id, text, finished) {
      const known = id ?? ++lastId
      sent.push({ id: known, text, finished })
      return known
    },
    drop: (id) => void dropped.push(id),
    keep: (text, root) => void cache.set(text, root),
    listenersChanged: () => {},
  }
  return { self, sent, dropped, cache }
}

function answer(id: number, text: string, rest: Partial<FromWorker> = {}): FromWorker {
  const block: Block = { type: 'html-block', text }
  return {
    id,
    patch: { keep: 0, added: [block], keepEnd: 0 },
    isAnswer: true,
    isSettled: true,
    ms: 0,
    ...rest,
  }
}

function shown(stream: MarkdownStream): string | undefined {
  const [block] = stream.shown()?.children ?? []
  return block?.type === 'html-block' ? block.text : undefined
}

describe('a text on screen', () => {
  it('is sent in pieces, each when the one before was answered', () => {
    const { self, sent } = host()
    const stream = new MarkdownStream(self)
    stream.update('a', true)
    stream.update('ab', true)
    stream.update('abc', true)
    expect(sent).toEqual([{ id: 1, text: 'a', finished: false }])
    stream.receive(answer(1, 'a'))
    expect(sent[1]).toEqual({ id: 1, text: 'bc', finished: false })
    stream.update('abc', false)
    stream.receive(answer(1, 'abc'))
    expect(sent[2]).toEqual({ id: 1, text: '', finished: true })
  })

  it('keeps its tree for the next time once it is whole and nothing is missing', () => {
    const { self, cache, dropped } = host()
    const stream = new MarkdownStream(self)
    stream.update('a', false)
    stream.receive(answer(1, 'plain', { isSettled: false }))
    expect(cache.has('a')).toBe(false)
    stream.receive(answer(1, 'with colours', { isAnswer: false }))
    expect(cache.has('a')).toBe(true)
    expect(dropped).toEqual([1])
    expect(shown(stream)).toBe('with colours')
  })

  it('shows a tree that is known without sending anything', () => {
    const { self, sent, cache } = host()
    const root: Root = { type: 'root', children: [] }
    cache.set('a', root)
    const stream = new MarkdownStream(self)
    stream.update('a', false)
    expect(stream.shown()).toBe(root)
    expect(sent).toEqual([])
  })

  it('goes on showing what it has when a whole text grows again', () => {
    const { self, sent } = host()
    const stream = new MarkdownStream(self)
    stream.update('a', false)
    stream.receive(answer(1, 'a'))
    stream.update('a and more', true)
    expect(shown(stream)).toBe('a')
    expect(sent.at(-1)).toEqual({ id: 2, text: 'a and more', finished: false })
  })

  it('shows nothing of a text that was replaced, nor answers about it', () => {
    const { self, sent, dropped } = host()
    const stream = new MarkdownStream(self)
    stream.update('one', true)
    stream.receive(answer(1, 'one'))
    stream.update('two', true)
    expect(stream.shown()).toBeNull()
    expect(dropped).toEqual([1])
    expect(sent.at(-1)).toEqual({ id: 2, text: 'two', finished: false })
  })

  it('sends everything again to a reader that knows nothing', () => {
    const { self, sent } = host()
    const stream = new MarkdownStream(self)
    stream.update('a', true)
    stream.receive(answer(1, 'a'))
    stream.update('ab', true)
    stream.resend()
    expect(sent.at(-1)).toEqual({ id: 2, text: 'ab', finished: false })
    expect(shown(stream)).toBe('a')
  })
})
