import { expect, it } from 'vitest'
import { runStep, tally } from './steps.mjs'

const counts = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0 }

it('counts a step as one, and a step of tests as its tests', () => {
  expect(tally(true, null)).toEqual({ passed: 1, failed: 0 })
  expect(tally(false, null)).toEqual({ passed: 0, failed: 1 })
  expect(tally(true, counts)).toEqual({ passed: 3, failed: 0 })
  expect(tally(false, { ...counts, numFailedTests: 2 })).toEqual({ passed: 3, failed: 2 })
})

it('counts tests that could not even be loaded as a failure', () => {
  expect(tally(false, counts)).toEqual({ passed: 3, failed: 1 })
})

it('shows what a step printed only when it failed', async () => {
  const good = await runStep({ name: 'good', command: 'echo noise' }, process.cwd())
  expect(good).toMatchObject({ passed: 1, failed: 0 })
  expect(good.report).not.toContain('noise')
  const bad = await runStep({ name: 'bad', command: 'echo reason >&2; exit 3' }, process.cwd())
  expect(bad).toMatchObject({ passed: 0, failed: 1 })
  expect(bad.report).toContain('reason')
})
