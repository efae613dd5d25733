import { describe, expect, it } from 'vitest'
import type { Reasoning } from '#contract/reasoning.ts'
import { fakeModel } from './fake-model.ts'
import { levelOf } from './reasoning-level.ts'
import { levelsFor, reasoningOf } from './reasoning-levels.ts'

const unsaid: Reasoning = { enabled: null, effort: null, think: null }
const graded = fakeModel('graded', { reasoning: { efforts: ['none', 'low', 'high'] } })
const plain = fakeModel('plain')
const thinker = fakeModel('thinker', { reasoningControl: 'think' })

describe('the choices of reasoning', () => {
  it('are those the model lists, on and off where it lists none, or thinking in its own words', () => {
    expect(levelsFor(graded)).toEqual(['default', 'off', 'low', 'high'])
    expect(levelsFor(plain)).toEqual(['default', 'off', 'on'])
    expect(levelsFor(thinker)).toEqual(['default', 'off', 'on', 'low', 'medium', 'high', 'max'])
  })

  it('are shown again as they were chosen', () => {
    for (const model of [graded, plain, thinker]) {
      for (const level of levelsFor(model)) {
        const reasoning = { ...unsaid, ...reasoningOf(level, model) }
        expect([model.name, level, levelOf(reasoning, model)]).toEqual([model.name, level, level])
      }
    }
  })

  it('ask for nothing by default', () => {
    expect(reasoningOf('default', thinker)).toEqual(unsaid)
    expect(reasoningOf('default', graded)).toEqual({ enabled: null, effort: null })
    expect(levelOf(unsaid, thinker)).toBe('default')
  })

  it('are asked as thinking of a model that thinks, and as effort of every other', () => {
    expect(reasoningOf('high', thinker)).toEqual({ enabled: true, effort: null, think: 'high' })
    expect(reasoningOf('off', thinker)).toEqual({ enabled: false, effort: null, think: 'off' })
    expect(reasoningOf('high', graded)).toEqual({ enabled: true, effort: 'high' })
  })

  it('carry an effort over to a model that thinks', () => {
    expect(levelOf({ ...unsaid, enabled: true, effort: 'high' }, thinker)).toBe('high')
    expect(levelOf({ ...unsaid, enabled: false, think: 'high' }, thinker)).toBe('off')
  })
})
