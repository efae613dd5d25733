import { expect, it } from 'vitest'
import type { Quota } from '#contract/quotas.ts'
import { sendObstacle, type SendSituation } from './send-obstacle.ts'

const quota: Quota = {
  scope: 'user',
  limit: 10,
  used: 9,
  remaining: 1,
  resetsAt: 0,
  timeZone: 'UTC',
  custom: false,
  tokens: null,
  blockedBy: null,
}
const free: SendSituation = {
  isOnline: true,
  isThere: true,
  hasModel: true,
  quota,
  repliesRunning: 0,
  repliesMax: 3,
  isRunning: false,
  isEmpty: false,
  imagesSeen: true,
  imagesFit: true,
  uploads: 'none',
  excess: 0,
  instructionsExcess: 0,
}

it('lets a message go when nothing is in the way', () => {
  expect(sendObstacle(free)).toBeNull()
  expect(sendObstacle({ ...free, quota: null, repliesMax: null, repliesRunning: 99 })).toBeNull()
  expect(sendObstacle({ ...free, quota: { ...quota, limit: null, remaining: null } })).toBeNull()
})

it.each([
  ['offline', { isOnline: false, isEmpty: true }],
  ['gone', { isThere: false, hasModel: false }],
  ['noModel', { hasModel: false }],
  ['noQuota', { quota: { ...quota, remaining: 0 } }],
  ['noTokens', { quota: { ...quota, tokens: { limit: 5, used: 5, remaining: 0 } } }],
  ['noVision', { imagesSeen: false, isRunning: true }],
  ['tooManyImages', { imagesFit: false, uploads: 'running' }],
  ['tooLong', { excess: 1, isRunning: true }],
  ['instructionsTooLong', { instructionsExcess: 1, isEmpty: true }],
  ['running', { isRunning: true, repliesRunning: 3 }],
  ['tooManyReplies', { repliesRunning: 3 }],
  ['uploading', { uploads: 'running', isEmpty: true }],
  ['uploadFailed', { uploads: 'failed', isEmpty: true }],
  ['empty', { isEmpty: true }],
] as const)('says %s', (obstacle, over) => {
  expect(sendObstacle({ ...free, ...over })).toBe(obstacle)
})
