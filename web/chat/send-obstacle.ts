import type { Quota } from '#contract/quotas.ts'

/** Why nothing can be sent now. Each has a text of its own, `composer.obstacle.…`. */
export type SendObstacle =
  | 'offline'
  | 'gone'
  | 'noModel'
  | 'noQuota'
  | 'noTokens'
  | 'tooManyReplies'
  | 'running'
  | 'empty'
  | 'tooLong'

export interface SendSituation {
  isOnline: boolean
  /** The conversation is one that can be written to. */
  isThere: boolean
  hasModel: boolean
  quota: Quota | null
  /** Replies of the caller that are being written anywhere, and how many may be. */
  repliesRunning: number
  repliesMax: number | null
  /** A reply is being written in this conversation. */
  isRunning: boolean
  isEmpty: boolean
  /** Characters beyond what a message may have. */
  excess: number
}

/** The first reason why the message cannot be sent, the one that lasts longest first; or null. */
export function sendObstacle(situation: SendSituation): SendObstacle | null {
  const {
    isOnline,
    isThere,
    hasModel,
    quota,
    repliesRunning,
    repliesMax,
    isRunning,
    isEmpty,
    excess,
  } = situation
  if (!isOnline) return 'offline'
  if (!isThere) return 'gone'
  if (!hasModel) return 'noModel'
  if (quota?.remaining === 0) return 'noQuota'
  if (quota?.tokens?.remaining === 0) return 'noTokens'
  if (excess > 0) return 'tooLong'
  if (isRunning) return 'running'
  if (repliesMax !== null && repliesRunning >= repliesMax) return 'tooManyReplies'
  return isEmpty ? 'empty' : null
}
