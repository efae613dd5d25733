import type { Part } from '../contract/parts.ts'
import { textOf } from '../contract/parts.ts'
import type { Language } from '../contract/problems.ts'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** A title made of a first message; null when nothing of it is left. */
export function deriveTitle(text: string, lengthMax: number): string | null {
  const code: string[] = []
  const prose = text.replace(
    /^ {0,3}(```|~~~)[^\n]*\n([\s\S]*?)(^ {0,3}\1[^\n]*$|$(?![\s\S]))/gm,
    (_, _fence, body: string) => {
      code.push(body)
      return '\n'
    },
  )
  return cut(plainOf(prose), lengthMax) ?? cut(firstLineOf(code.join('\n')), lengthMax)
}

const imageTitle: Record<Language, string> = { en: 'Image', zh: '图片' }

/** A title made of a first message, also of one without words; null when it says nothing at all. */
export function titleOf(
  parts: readonly Part[],
  lengthMax: number,
  language: Language,
): string | null {
  const hasImages = parts.some(({ type }) => type === 'attachment')
  return deriveTitle(textOf(parts), lengthMax) ?? (hasImages ? imageTitle[language] : null)
}

function plainOf(markdown: string): string {
  return markdown
    .replace(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .split('\n')
    .map((line) => line.replace(/^\s*((#+|[>*+-]|\d+\.)(\s+|$|(?=[#>])))+/, ''))
    .join(' ')
    .replace(/\*\*|__|~~|`/g, '')
}

function firstLineOf(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '') ?? ''
}

function cut(text: string, lengthMax: number): string | null {
  const joined = text.replace(/\s+/g, ' ').trim()
  const characters = Array.from(graphemes.segment(joined), ({ segment }) => segment)
  return characters.slice(0, lengthMax).join('').trim() || null
}

/** What a model answered when asked for a title, as it may be stored. */
export function tidyTitle(answer: string, lengthMax: number): string | null {
  const line = answer.trim().split('\n')[0] ?? ''
  const bare = line.replace(/^[\s"'“”‘’「『《【#*_`]+|[\s"'“”‘’」』》】.。!！,，;；:：*_`]+$/g, '')
  return cut(bare, lengthMax)
}

export const titlePrompt =
  'Write a title for this conversation: a few words in the language of the message, no quotes, no full stop. Answer with the title alone.'
