import { Markdown } from '../../text/markdown.tsx'

interface TextPartProps {
  text: string
  isWriting: boolean
}

export function TextPart({ text, isWriting }: TextPartProps) {
  return <Markdown text={text} streaming={isWriting} />
}
