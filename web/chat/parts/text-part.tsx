import { Markdown } from '../../text/markdown.tsx'
import { useRevealed } from '../../text/reveal.ts'

interface TextPartProps {
  text: string
  isWriting: boolean
}

/** The answer itself, painted evenly while it arrives. */
export function TextPart({ text, isWriting }: TextPartProps) {
  const shown = useRevealed(text, { live: isWriting })
  return <Markdown text={shown} streaming={isWriting || shown.length < text.length} />
}
