import {
  problemOf,
  problems,
  type Language,
  type Problem,
  type ProblemCode,
} from '../contract/problems.ts'

/** A refusal on purpose. Anything else that reaches the boundary is a bug and becomes `internal`. */
export class Fault extends Error {
  override readonly name = 'Fault'

  constructor(
    readonly code: ProblemCode,
    /** Further members of the problem, as the code defines them. `detail` replaces its text. */
    readonly members: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(problems[code].en, options)
  }
}

/** The problem to send for whatever was thrown; the cause of an unexpected one stays here. */
export function toProblem(error: unknown, requestId: string, language: Language = 'en'): Problem {
  const { code, members } = error instanceof Fault ? error : new Fault('internal')
  return problemOf(code, requestId, members, language)
}
