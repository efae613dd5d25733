import { memo, useLayoutEffect, useState, useSyncExternalStore } from 'react'
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
  return root ? <Tree root={root} /> : <div className="markdown markdown-waiting">{text}</div>
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

const Tree = memo(function Tree({ root }: { root: Root }) {
  const chunks: (readonly Block[])[] = []
  for (let start = 0; start < root.children.length; start += chunkBlocks) {
    chunks.push(root.children.slice(start, start + chunkBlocks))
  }
  return (
    <div className="markdown">
      <NoteScope root={root}>
        {chunks.map((blocks, index) => (
          <Chunk key={index} blocks={blocks} />
        ))}
      </NoteScope>
    </div>
  )
})

const Chunk = memo(
  function Chunk({ blocks }: { blocks: readonly Block[] }) {
    return (
      <div className="markdown-chunk">
        <Blocks nodes={blocks} />
      </div>
    )
  },
  (before, after) =>
    before.blocks.length === after.blocks.length &&
    before.blocks.every((block, index) => block === after.blocks[index]),
)
