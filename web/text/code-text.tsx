import { memo, type ReactNode } from 'react'
import type { CodeLine } from './markdown-tree.ts'

/** Lines that are rendered, or left alone, together. */
const chunkLines = 40

/** Code as text with coloured pieces in it; lines that did not change are not rendered again. */
export function CodeText({ lines }: { lines: readonly CodeLine[] }) {
  const chunks: ReactNode[] = []
  for (let start = 0; start < lines.length; start += chunkLines) {
    chunks.push(<Chunk key={start} lines={lines.slice(start, start + chunkLines)} />)
  }
  return <code>{chunks}</code>
}

const Chunk = memo(
  function Chunk({ lines }: { lines: readonly CodeLine[] }) {
    return lines.map((line, index) => <Line key={index} line={line} />)
  },
  (before, after) =>
    before.lines.length === after.lines.length &&
    before.lines.every((line, index) => line === after.lines[index]),
)

const Line = memo(function Line({ line }: { line: CodeLine }): ReactNode {
  if (typeof line === 'string') return `${line}\n`
  const pieces: ReactNode[] = []
  for (let at = 0; at < line.length; at += 2) {
    const text = line[at + 1]
    pieces.push(
      line[at] ? (
        <span key={at} className={`code-${line[at]}`}>
          {text}
        </span>
      ) : (
        text
      ),
    )
  }
  return [...pieces, '\n']
})
