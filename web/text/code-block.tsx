import { useCallback, useEffect, useRef, useState } from 'react'
import { CodeBar } from './code-bar.tsx'
import { CodeText } from './code-text.tsx'
import { codeText, type Code, type CodeLine } from './markdown-tree.ts'
import { useTextLabels } from './text-labels.tsx'

/** A longer block shows as many lines: its last while it grows, its first when it is whole. */
const foldedLines = 30
/** Blocks the reader unfolded; they stay so when their message leaves the screen and comes back. */
const unfolded = new WeakSet<Code>()

export function CodeBlock({ code }: { code: Code }) {
  const labels = useTextLabels()
  const [isUnfolded, setUnfolded] = useState(unfolded.has(code))
  const [isWrapped, setWrapped] = useState(false)
  const latest = useRef(code)
  useEffect(() => {
    latest.current = code
  }, [code])
  const text = useCallback(() => codeText(latest.current), [])
  const toggleWrap = useCallback(() => setWrapped((before) => !before), [])
  const toggleFold = () => {
    if (isUnfolded) unfolded.delete(code)
    else unfolded.add(code)
    setUnfolded(!isUnfolded)
  }
  const isLong = code.children.length > foldedLines
  return (
    <figure
      className="markdown-code rounded-md border border-line bg-sunken"
      aria-label={labels.codeBlock(code.language)}
      data-wrapped={isWrapped}
    >
      <CodeBar language={code.language} text={text} isWrapped={isWrapped} onWrap={toggleWrap} />
      {/* A keyboard must be able to scroll long lines. */}
      <pre className="font-mono" tabIndex={0}>
        <CodeText lines={isLong && !isUnfolded ? foldedPart(code) : code.children} />
      </pre>
      {isLong && (
        <button type="button" className="markdown-code-fold text-muted" onClick={toggleFold}>
          {isUnfolded ? labels.showLess : labels.showAll(code.children.length)}
        </button>
      )}
    </figure>
  )
}

function foldedPart({ open, children }: Code): readonly CodeLine[] {
  return open ? children.slice(-foldedLines) : children.slice(0, foldedLines)
}
