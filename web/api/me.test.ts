import { expect, it } from 'vitest'
import { preferencesDefault } from '#contract/preferences.ts'
import { withPatch } from './me.ts'

it('replaces what a patch names and keeps the rest', () => {
  const patched = withPatch(preferencesDefault, { fontSize: 'large', personalPrompt: null })
  expect(patched).toEqual({ ...preferencesDefault, fontSize: 'large' })
})

it('merges nested choices field by field', () => {
  const before = { ...preferencesDefault, reasoning: { enabled: true, effort: null, think: null } }
  const patched = withPatch(before, { reasoning: { effort: 'high' } })
  expect(patched.reasoning).toEqual({ enabled: true, effort: 'high', think: null })
})
