import type { Quota } from '#contract/quotas.ts'

/** Why nothing can be sent now. Each has a text of its own, `composer.obstacle.…`. */
export type SendObstacle =
  | 'offline'
  | 'gone'
  | 'noModel'
  | 'noQuota'
  | 'noTokens'
  | 'tooManyReplies'
  | 'noVision'
  | 'tooManyImages'
  | 'running'
  | 'uploading'
  | 'uploadFailed'
  | 'empty'
  | 'tooLong'
  | 'instructionsTooLong'

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
  /** The model takes the images that are there, if there are any. */
  imagesSeen: boolean
  /** One message may have the images that are there. */
  imagesFit: boolean
  /** Images that are not uploaded yet: on their way, or left behind. */
  uploads: 'none' | 'running' | 'failed'
  /** Characters beyond what a message may have. */
  excess: number
  /** The same of the instructions a conversation is to begin with. */
  instructionsExcess: number
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
    imagesSeen,
    imagesFit,
    uploads,
    excess,
    instructionsExcess,
  } = situation
  if (!isOnline) return 'offline'
  if (!isThere) return 'gone'
  if (!hasModel) return 'noModel'
  if (quota?.remaining === 0) return 'noQuota'
  if (quota?.tokens?.remaining === 0) return 'noTokens'
  if (!imagesSeen) return 'noVision'
  if (!imagesFit) return 'tooManyImages'
  if (excess > 0) return 'tooLong'
  if (instructionsExcess > 0) return 'instructionsTooLong'
  if (isRunning) return 'running'
  if (repliesMax !== null && repliesRunning >= repliesMax) return 'tooManyReplies'
  if (uploads !== 'none') return uploads === 'running' ? 'uploading' : 'uploadFailed'
  return isEmpty ? 'empty' : null
}
