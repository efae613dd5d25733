import { describe, expect, it } from 'vitest'
import { knownModel } from './known-models.ts'
import { modelLimits } from './model-limits.ts'

const defaults = { contextWindow: 32_768, outputTokens: null }

describe('the limits of a model', () => {
  it.each([
    [
      { override: { contextWindow: 20_000 }, provider: { contextWindow: 8_192 } },
      'gpt-4o',
      20_000,
      'override',
    ],
    [{ provider: { contextWindow: 40_960 } }, 'my-finetune', 40_960, 'provider'],
    [{ provider: { contextWindow: null } }, 'gpt-4o-2024-08-06', 128_000, 'table'],
    [{ provider: { contextWindow: 0 } }, 'openai/gpt-oss-120b:free', 131_072, 'table'],
    [{}, 'my-finetune', 32_768, 'default'],
  ] as const)('%j: %s has a context of %i by %s', (layers, rawId, contextWindow, contextSource) => {
    expect(modelLimits(rawId, { ...layers, defaults })).toMatchObject({
      contextWindow,
      contextSource,
    })
  })

  it.each([
    [{ override: { outputTokens: 5_000 } }, 'deepseek-chat', null, 5_000, 'override'],
    [{ provider: { outputTokens: 65_536 } }, 'my-finetune', null, 65_536, 'provider'],
    [{}, 'deepseek-chat', null, 384_000, 'table'],
    [{}, 'my-finetune', null, null, 'unknown'],
    [{}, 'my-finetune', 32_000, 32_000, 'default'],
  ] as const)('%j: %s, default %s, writes %s by %s', (layers, rawId, byDefault, ...expected) => {
    const [outputTokens, outputSource] = expected
    const limits = modelLimits(rawId, {
      ...layers,
      defaults: { ...defaults, outputTokens: byDefault },
    })
    expect(limits).toMatchObject({ outputTokens, outputSource })
  })
})

describe('the table of known models', () => {
  it.each([
    ['gpt-5.5-pro', 1_050_000],
    ['gpt-5.4-mini-2026-01-01', 400_000],
    ['gpt-5-2025-08-07', 400_000],
    ['gpt-5.1-chat-latest', 128_000],
    ['gpt-4-0613', 8_192],
    ['gpt-4-turbo-preview', 128_000],
    ['GPT-4O', 128_000],
    ['ft:gpt-4o:acme::1', 128_000],
    ['anthropic/claude-sonnet-4.5', 200_000],
    ['claude-sonnet-4-5-20250929', 200_000],
    ['claude-sonnet-4-20250514', 200_000],
    ['claude-3.7-sonnet', 200_000],
    ['google/gemini-2.5-flash-lite', 1_048_576],
    ['kimi-k2-0905', 262_144],
    ['mistral-large-latest', 262_144],
    ['meta-llama/Llama-3.3-70B-Instruct', 131_072],
    ['grok-4-0709', 256_000],
  ])('knows %s', (rawId, contextWindow) => {
    expect(knownModel(rawId)?.contextWindow).toBe(contextWindow)
  })

  it.each([
    ['gpt-5.7', 'gpt-5.5'],
    ['claude-opus-4-9', 'claude-opus-4-8'],
    ['claude-opus-4-1', 'claude-opus-4'],
    ['grok-4.5', 'grok-4.3'],
    ['grok-4.25', 'grok-4.20'],
    ['glm-5.3', 'glm-5.2'],
    ['glm-5.1', 'glm-5'],
    ['kimi-k2.7-thinking', 'kimi-k2.5'],
    ['qwen3.9-max', 'qwen3.7-max'],
    ['gemini-3.1-pro', 'gemini-3'],
    ['minimax-m2.5', 'minimax-m2'],
  ])('takes %s for a later %s', (later, earlier) => {
    expect(knownModel(later)).toBe(knownModel(earlier))
    expect(knownModel(later)).not.toBeNull()
  })

  it.each(['my-finetune', 'gpt-4o4', 'glm-4.5v', 'qwen2.5-72b', 'deepseek-v3.2', 'o', ''])(
    'does not know %j',
    (rawId) => {
      expect(knownModel(rawId)).toBeNull()
    },
  )
})
