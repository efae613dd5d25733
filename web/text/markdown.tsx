import { memo, useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react'
import { NoteScope } from './footnotes.tsx'
import { Blocks } from './markdown-blocks.tsx'
import { markdownClient } from './markdown-client.ts'
import type { Block, Root } from './markdown-tree.ts'
import './text.css'

export interface MarkdownProps {
  text: string
  /** More of the text may arrive. */
  streaming?: boolean
}

/**
 * A message's Markdown. A text that was shown before is there in the first paint; any other shows
 * as written, unseen for the moment its reading takes, so that it keeps its place.
 */
export function Markdown({ text, streaming = false }: MarkdownProps) {
  const root = useRoot(text, streaming)
  const [isLive] = useState(streaming)
  if (!root) return <div className="markdown markdown-waiting">{text}</div>
  return <Tree root={root} isLive={isLive} />
}

function useRoot(text: string, growing: boolean): Root | null {
  const [stream] = useState(() => markdownClient.stream(text))
  const shown = useSyncExternalStore(stream.subscribe, stream.shown, stream.shown)
  useLayoutEffect(() => stream.update(text, growing), [stream, text, growing])
  const cached = growing ? undefined : markdownClient.cached(text)
  return cached ?? (stream.mayShow(text) ? shown : null)
}

/** Blocks that are rendered, laid out and painted, or left alone, together. */
const chunkBlocks = 12

const Tree = memo(function Tree({ root, isLive }: { root: Root; isLive: boolean }) {
  const chunks: (readonly Block[])[] = []
  for (let start = 0; start < root.children.length; start += chunkBlocks) {
    chunks.push(root.children.slice(start, start + chunkBlocks))
  }
  const painted = usePainted(chunks.length, isLive)
  return (
    <div className="markdown">
      <NoteScope root={root}>
        {chunks.map((blocks, index) => (
          <Chunk key={index} blocks={blocks} isLeft={index < painted - 2} />
        ))}
      </NoteScope>
    </div>
  )
})

interface ChunkProps {
  blocks: readonly Block[]
  /** It was painted while the text grew and is left behind: off screen the browser may skip it. */
  isLeft: boolean
}

const Chunk = memo(
  function Chunk({ blocks, isLeft }: ChunkProps) {
    return (
      <div className="markdown-chunk" data-left={isLeft || undefined}>
        <Blocks nodes={blocks} />
      </div>
    )
  },
  (before, after) =>
    before.isLeft === after.isLeft &&
    before.blocks.length === after.blocks.length &&
    before.blocks.every((block, index) => block === after.blocks[index]),
)

/** How many of `count` have been on screen for a frame, so that the browser knows their heights. */
function usePainted(count: number, isLive: boolean): number {
  const [painted, setPainted] = useState(0)
  useEffect(() => {
    if (!isLive) return
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setPainted(count))
    })
    return () => cancelAnimationFrame(frame)
  }, [count, isLive])
  return painted
}
