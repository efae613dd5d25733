import { describe, expect, it } from 'vitest'
import { openAiBaseUrl, routeUrl } from './base-url.ts'
import { connectionLabel, dialectOf } from './vendors.ts'

describe('the address calls go to', () => {
  it.each([
    ['https://api.openai.com', 'https://api.openai.com/v1'],
    ['https://api.openai.com/', 'https://api.openai.com/v1'],
    [' https://api.openai.com/v1/ ', 'https://api.openai.com/v1'],
    ['https://openrouter.ai/api/v1', 'https://openrouter.ai/api/v1'],
    ['https://gw.example/openai//', 'https://gw.example/openai'],
    ['https://api.perplexity.ai', 'https://api.perplexity.ai'],
    ['https://api.perplexity.ai/', 'https://api.perplexity.ai'],
    ['https://gw.example/v1?tenant=7', 'https://gw.example/v1?tenant=7'],
    ['http://127.0.0.1:9101', 'http://127.0.0.1:9101/v1'],
    ['no address', 'no address'],
  ])('%s becomes %s', (given, used) => {
    expect(openAiBaseUrl(given)).toBe(used)
    expect(openAiBaseUrl(used)).toBe(used)
  })

  it('keeps the query of the base URL at every route', () => {
    expect(routeUrl('https://gw.example/v1?t=7', 'models', { after: 'b' })).toBe(
      'https://gw.example/v1/models?t=7&after=b',
    )
    expect(routeUrl('https://api.perplexity.ai', 'chat/completions')).toBe(
      'https://api.perplexity.ai/chat/completions',
    )
  })
})

describe('the dialect of a connection', () => {
  it.each([
    ['https://api.deepseek.com', 'deepseek'],
    ['https://openrouter.ai/api/v1', 'openrouter'],
    ['https://api.groq.com/openai/v1', 'groq'],
    ['https://dashscope-intl.aliyuncs.com/compatible-mode/v1', 'template'],
    ['https://notdeepseek.com', 'effort'],
    ['https://deepseek.com.example', 'effort'],
    ['nonsense', 'effort'],
  ])('is told by its host: %s', (baseUrl, reasoning) => {
    expect(dialectOf({ vendor: 'auto', baseUrl }).reasoning).toBe(reasoning)
  })

  it('is the vendor named, whatever the host', () => {
    const baseUrl = 'https://api.deepseek.com'
    expect(dialectOf({ vendor: 'groq', baseUrl }).reasoning).toBe('groq')
    expect(dialectOf({ vendor: 'other', baseUrl }).reasoning).toBe('effort')
  })
})

describe('the label of a connection', () => {
  it.each([
    ['https://api.openai.com/v1', 'openai'],
    ['https://api.deepseek.com', 'deepseek'],
    ['https://openrouter.ai/api/v1', 'openrouter'],
    ['http://localhost:11434', 'localhost'],
    ['http://ollama:11434', 'ollama'],
    ['https://gw.corp.example.co.uk', 'example'],
    ['https://dashscope.aliyuncs.com', 'aliyuncs'],
    ['https://generativelanguage.googleapis.com', 'googleapis'],
    ['https://x.openai.azure.com', 'azure'],
    ['https://api.z.ai/v1', 'z'],
    ['http://192.168.1.5:1234', 'openai'],
    ['http://[fd12::1]:1234', 'openai'],
    ['co.uk', 'openai'],
  ])('%s is called %s', (baseUrl, label) => {
    expect(connectionLabel(baseUrl, 'openai')).toBe(label)
  })
})
