import type { ErrorText } from './error-text.ts'
import { countOf } from './narrow.ts'

const tooLong =
  /context[_ ](?:length|window|size|limit)|prompt is too long|input (?:is )?too long|maximum prompt length|too many (?:input )?tokens|exceeded model token limit|input token count|reduce the length of (?:the |your )?(?:messages|prompt|input)|string_above_max_length|request_too_large|range of input length/i

const number = '\\(?(\\d[\\d,_]*)'
const limits = [
  `context (?:length|window|size)(?: of| is)?:?\\s*${number}`,
  `prompt length(?: is)?\\s*${number}`,
  `token limit(?: is)?:?\\s*${number}`,
  `>=?\\s*${number}`,
  `allowed\\s*${number}`,
  `${number} maximum context`,
]
const requests = [
  `requested:?(?: about)?\\s*${number}`,
  `resulted in\\s*${number}`,
  `(?:request|prompt|messages?|input) (?:has|have|contains?)(?: at least)?\\s*${number}`,
  `too long:\\s*${number}`,
  `token count\\s*${number}`,
]

/** Whether an error says that the prompt does not fit. */
export function isTooLong(said: string): boolean {
  return tooLong.test(said)
}

/** The counts such an error states: what was asked for, and how much there is room for. */
export function contextLimitIn({ message, fields }: ErrorText): {
  tokens?: number
  tokensMax?: number
} {
  const tokens = countOf(fields.n_prompt_tokens) ?? firstNumber(message, requests)
  const tokensMax = countOf(fields.n_ctx) ?? firstNumber(message, limits)
  return { ...(tokens === null ? {} : { tokens }), ...(tokensMax === null ? {} : { tokensMax }) }
}

function firstNumber(text: string, patterns: readonly string[]): number | null {
  for (const pattern of patterns) {
    const found = new RegExp(pattern, 'i').exec(text)?.[1]
    if (found) return Number(found.replace(/[,_]/g, ''))
  }
  return null
}
