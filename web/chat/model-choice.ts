import type { Id } from '#contract/ids.ts'
import { createValue } from '../api/value.ts'

/** A question which model to take. */
export interface ModelQuestion {
  title: string
  currentId: Id<'model'> | null
  onPick: (id: Id<'model'>) => void
}

/** What is being asked now; the page shows the selector while there is something. */
export const modelQuestion = createValue<ModelQuestion | null>(null)

export function pickModel(question: ModelQuestion) {
  modelQuestion.set(question)
}
