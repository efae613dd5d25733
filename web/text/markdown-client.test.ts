import { describe, expect, it } from 'vitest'
import { MarkdownClient } from './markdown-client.ts'
import type { MarkdownStream } from './markdown-stream.ts'

/** The next time `stream` shows something new. */
function change(stream: MarkdownStream): Promise<void> {
  return new Promise((resolve) => {
    const stop = stream.subscribe(() => {
      stop()
      resolve()
    })
  })
}

describe('the way to trees, where there is no worker', () => {
  it('reads in this thread', async () => {
    const client = new MarkdownClient()
    await client.prepare(['*a*'])
    expect(client.cached('*a*')?.children).toEqual([
      {
        type: 'paragraph',
        tight: false,
        children: [{ type: 'emphasis', children: [{ type: 'text', text: 'a' }] }],
      },
    ])
  })

  it('has colours and formulas in what it read ahead', async () => {
    const client = new MarkdownClient()
    const text = '```js\nlet a\n```\n\n$x$'
    await client.prepare([text])
    const tree = JSON.stringify(client.cached(text))
    expect(tree).toContain('["keyword","let",""," a"]')
    expect(tree).toContain('katex')
  })

  it('keeps the blocks before the last the same objects while a text grows', async () => {
    const client = new MarkdownClient()
    const stream = client.stream('')
    stream.subscribe(() => {})
    stream.update('# a\n\nb\n\nc', true)
    await change(stream)
    const before = stream.shown()?.children
    stream.update('# a\n\nb\n\nc and d', true)
    await change(stream)
    const after = stream.shown()?.children
    expect(after?.[0]).toBe(before?.[0])
    expect(after?.[1]).toBe(before?.[1])
    expect(after?.[2]).not.toBe(before?.[2])
  })

  it('gives a growing text that comes back into view what was read of it', async () => {
    const client = new MarkdownClient()
    const stream = client.stream('')
    const leave = stream.subscribe(() => {})
    stream.update('Once upon a time', true)
    await change(stream)
    leave()
    const again = client.stream('Once upon a time there was')
    expect(again.shown()).toBe(stream.shown())
    expect(client.stream('Something else').shown()).toBeNull()
  })

  it('forgets the texts that were shown longest ago', async () => {
    const client = new MarkdownClient()
    const texts = [1, 2, 3].map((number) => `${number} ${'word '.repeat(2_000)}`)
    for (const text of texts) await client.prepare([text])
    expect(texts.map((text) => client.cached(text) !== undefined)).toEqual([false, true, true])
  })
})
