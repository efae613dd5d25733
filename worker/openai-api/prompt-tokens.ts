import { promptTokens, tokensOf } from '../chat/tokens.ts'

const imageTokens = 1_000

/** About what a prompt takes as it came, whose images are not text. */
export function tokensOfJson(prompt: unknown): number {
  let images = 0
  const text = JSON.stringify(prompt, (_, value: unknown) => {
    if (typeof value !== 'string' || !value.startsWith('data:')) return value
    images++
    return ''
  })
  return promptTokens + tokensOf(text) + images * imageTokens
}
