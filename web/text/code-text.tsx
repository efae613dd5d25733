import { memo, type ReactNode } from 'react'
import type { CodeLine } from './markdown-tree.ts'

/** Lines that are laid out, or left alone, together: a growing block costs only its last few. */
const chunkLines = 8

/** Code as text with coloured pieces in it; lines that did not change are not rendered again. */
export function CodeText({ lines }: { lines: readonly CodeLine[] }) {
  const chunks: ReactNode[] = []
  for (let start = 0; start < lines.length; start += chunkLines) {
    const end = start + chunkLines
    chunks.push(<Chunk key={start} lines={lines.slice(start, end)} isLast={end >= lines.length} />)
  }
  return <code>{chunks}</code>
}

interface ChunkProps {
  lines: readonly CodeLine[]
  isLast: boolean
}

const Chunk = memo(
  function Chunk({ lines, isLast }: ChunkProps) {
    return (
      <span>
        {lines.map((line, index) => (
          <Line key={index} line={line} end={isLast && index === lines.length - 1 ? '' : '\n'} />
        ))}
      </span>
    )
  },
  (before, after) =>
    before.isLast === after.isLast &&
    before.lines.length === after.lines.length &&
    before.lines.every((line, index) => line === after.lines[index]),
)

const Line = memo(function Line({ line, end }: { line: CodeLine; end: string }): ReactNode {
  if (typeof line === 'string') return line + end
  const pieces: ReactNode[] = []
  for (let at = 0; at < line.length; at += 2) {
    const [group, text] = [line[at], line[at + 1]]
    if (!group) pieces.push(text)
    else {
      pieces.push(
        <span key={at} className={`code-${group}`}>
          {text}
        </span>,
      )
    }
  }
  return [...pieces, end]
})
