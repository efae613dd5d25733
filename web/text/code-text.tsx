import { memo, type ReactNode } from 'react'
import type { CodeLine } from './markdown-tree.ts'

/** Lines that are laid out, or left alone, together: a growing block costs only its last few. */
const chunkLines = 8

/** Code as text with coloured pieces in it; lines that did not change are not rendered again. */
export function CodeText({ lines }: { lines: readonly CodeLine[] }) {
  return (
    <code>
      {chunks(lines).map((chunk, index) => (
        <Chunk key={index} lines={chunk} />
      ))}
    </code>
  )
}

/** Runs of lines, none but the last ending with an empty one, which would have no height there. */
function chunks(lines: readonly CodeLine[]): (readonly CodeLine[])[] {
  const found: (readonly CodeLine[])[] = []
  for (let start = 0; start < lines.length;) {
    let end = start + chunkLines
    while (end < lines.length && lines[end - 1] === '') end++
    found.push(lines.slice(start, end))
    start = end
  }
  return found
}

const Chunk = memo(
  function Chunk({ lines }: { lines: readonly CodeLine[] }) {
    return (
      <span>
        {lines.map((line, index) => (
          <Line key={index} line={line} isLast={index === lines.length - 1} />
        ))}
      </span>
    )
  },
  (before, after) =>
    before.lines.length === after.lines.length &&
    before.lines.every((line, index) => line === after.lines[index]),
)

const Line = memo(function Line({ line, isLast }: { line: CodeLine; isLast: boolean }): ReactNode {
  const end = isLast ? '' : '\n'
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
