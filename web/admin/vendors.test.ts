import { expect, it } from 'vitest'
import { suggestedUrl } from './vendors.ts'

it('suggests where a vendor usually is', () => {
  expect(suggestedUrl('groq', '')).toBe('https://api.groq.com/openai/v1')
  expect(suggestedUrl('groq', 'https://api.openai.com/v1')).toBe('https://api.groq.com/openai/v1')
})

it('never replaces an address somebody typed', () => {
  expect(suggestedUrl('groq', 'https://proxy.example/v1')).toBe('https://proxy.example/v1')
})

it('takes a suggestion back when there is none', () => {
  expect(suggestedUrl('other', 'https://api.openai.com/v1')).toBe('')
})
