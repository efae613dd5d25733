import { Check, Copy, WrapText } from 'lucide-react'
import { memo, useEffect, useState } from 'react'
import { copyText } from './copy-text.ts'
import { useTextLabels } from './text-labels.tsx'

export interface CodeBarProps {
  language: string
  /** The whole code at the time of asking. */
  text: () => string
  isWrapped: boolean
  onWrap: () => void
}

const copiedMs = 2_000

/** What stands over a code block; it does not render again while the code grows. */
export const CodeBar = memo(function CodeBar({ language, text, isWrapped, onWrap }: CodeBarProps) {
  const labels = useTextLabels()
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), copiedMs)
    return () => clearTimeout(timer)
  }, [isCopied])
  const wrapLabel = isWrapped ? labels.unwrap : labels.wrap
  const copyLabel = isCopied ? labels.copied : labels.copy
  return (
    <figcaption className="markdown-code-bar text-muted">
      <span>{language}</span>
      <button type="button" aria-label={wrapLabel} title={wrapLabel} onClick={onWrap}>
        <WrapText aria-hidden size={16} />
      </button>
      <button
        type="button"
        aria-label={copyLabel}
        title={copyLabel}
        onClick={() => void copyText(text()).then(setCopied)}
      >
        {isCopied ? <Check aria-hidden size={16} /> : <Copy aria-hidden size={16} />}
      </button>
    </figcaption>
  )
})
