import { describe, expect, it } from 'vitest'
import { modelCapabilities, modelEfforts, modelKind } from './model-capabilities.ts'

const allowed = (rawId: string, layers = {}) => {
  const { capabilities } = modelCapabilities(rawId, layers)
  return Object.entries(capabilities).flatMap(([flag, says]) => (says ? [flag] : []))
}

describe('what a model can do', () => {
  it.each([
    ['gpt-4o', ['vision']],
    ['gpt-4.1-mini', ['vision']],
    ['o3-mini', ['reasoning']],
    ['qwen2.5-vl-72b', ['vision']],
    ['llama-3.2-3b', []],
    ['llama-3.2-11b-vision', ['vision']],
    ['dall-e-3', ['imageGeneration']],
    ['sonar-pro', ['webSearch']],
    ['claude-sonnet-4-5', ['vision', 'reasoning']],
    ['gemini-2.5-flash', ['vision', 'reasoning']],
    ['deepseek-r1', ['reasoning']],
    ['text-embedding-3-small', []],
    ['bge-m3', []],
  ])('is told by its name: %s', (rawId, flags) => {
    expect(allowed(rawId)).toEqual(flags)
  })

  it('is unsaid where nobody says it', () => {
    const { capabilities, sources } = modelCapabilities('my-finetune', {})
    expect(new Set(Object.values(capabilities))).toEqual(new Set([null]))
    expect(sources).toEqual({})
  })

  it('is denied by the table where the name does not know better', () => {
    const { capabilities, sources } = modelCapabilities('gpt-3.5-turbo', {})
    expect([capabilities.vision, sources.vision]).toEqual([false, 'table'])
  })

  it('is decided by the last layer that says it', () => {
    const said = (vision: boolean | null) => ({ vision })
    const layers = [
      [{}, true, 'table'],
      [{ provider: said(false) }, false, 'provider'],
      [{ provider: said(false), connection: said(true) }, true, 'connection'],
      [{ connection: said(false), tags: ['Vision', 'fast'] }, true, 'tag'],
      [{ tags: ['vision'], override: said(false) }, false, 'override'],
      [{ tags: ['vision'], override: said(null) }, true, 'tag'],
    ] as const
    const got = layers.map(([given]) => modelCapabilities('gpt-4o', given))
    expect(got.map(({ capabilities, sources }) => [capabilities.vision, sources.vision])).toEqual(
      layers.map(([, vision, source]) => [vision, source]),
    )
  })

  it('keeps what an earlier layer said of another flag', () => {
    const { capabilities, sources } = modelCapabilities('sonar-pro', {
      connection: { vision: true },
    })
    expect({ capabilities, sources }).toMatchObject({
      capabilities: { vision: true, webSearch: true },
      sources: { vision: 'connection', webSearch: 'names' },
    })
  })

  it.each([
    ['text-embedding-3-small', null, 'embedding'],
    ['bge-m3', null, 'embedding'],
    ['intfloat/e5-large-v2', null, 'embedding'],
    ['gpt-4o', null, 'chat'],
    ['gpt-4o', 'embedding', 'embedding'],
    ['bge-m3', 'both', 'both'],
  ] as const)('%s, told %s, is of kind %s', (rawId, told, kind) => {
    expect(modelKind(rawId, told)).toBe(kind)
  })

  it('lists effort levels of the override, else of the table', () => {
    expect(modelEfforts('o3')).toEqual(['low', 'medium', 'high'])
    expect(modelEfforts('o3', ['max'])).toEqual(['max'])
    expect(modelEfforts('my-finetune', null)).toBeNull()
  })
})
