import type { Problem, ProblemCode } from '#contract/problems.ts'

const codes: ProblemCode[] = ['session_ended', 'not_signed_in', 'guests_disabled']
const listeners = new Set<() => void>()

/** Calls `listener` whenever a request is refused because nobody is signed in any more. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function noteRefusal(problem: Problem) {
  if (!codes.includes(problem.code)) return
  for (const listener of listeners) listener()
}
