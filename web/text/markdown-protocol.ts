import type { Patch } from './tree-patch.ts'

/** What the page tells the worker. A text is sent once, in pieces, under one id. */
export type ToWorker =
  | { type: 'append'; id: number; text: string; finished: boolean }
  | { type: 'drop'; id: number }

/** Every `append` has one answer; a further one comes when something was fetched for the text. */
export interface FromWorker {
  id: number
  patch: Patch
  isAnswer: boolean
  /** Nothing is being fetched for it; after the last `append` no further answer will come. */
  isSettled: boolean
  /** How long the reading took, for the page to leave the worker as long to others. */
  ms: number
}
