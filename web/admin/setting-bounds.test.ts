import { expect, it } from 'vitest'
import * as z from 'zod/mini'
import { settings } from '#contract/settings-registry.ts'
import { boundsOf } from './setting-bounds.ts'

it('finds the bounds of numbers, also of those that may be none', () => {
  const of = (key: keyof typeof settings) => boundsOf(z.toJSONSchema(settings[key].schema))
  expect(of('models.ttlMinutes')).toEqual({ min: 10, max: 10_080 })
  expect(of('models.outputTokensDefault')).toEqual({ min: 256, max: 1_000_000 })
  expect(of('models.access.user')).toBeNull()
})
