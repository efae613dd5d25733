import type { Problem, ProblemCode } from '#contract/problems.ts'

const codes: ProblemCode[] = ['session_ended', 'not_signed_in', 'guests_disabled']
const listeners = new Set<() => void>()

/** Calls `listener` whenever it turns out that whoever used the page is not let in any more. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function noteRefusal(problem: Problem) {
  if (codes.includes(problem.code)) noteSignedOut()
}

/** Something the server said shows that nobody is signed in any more. */
export function noteSignedOut() {
  for (const listener of listeners) listener()
}
