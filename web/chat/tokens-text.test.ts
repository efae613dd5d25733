import { expect, it } from 'vitest'
import { tokensText } from './tokens-text.ts'

it.each([
  [512, '512'],
  [8_192, '8k'],
  [16_385, '16k'],
  [32_768, '32k'],
  [128_000, '128k'],
  [131_072, '128k'],
  [200_000, '200k'],
  [1_000_000, '1M'],
  [1_047_576, '1M'],
])('writes %i as %s', (tokens, text) => {
  expect(tokensText(tokens)).toBe(text)
})
