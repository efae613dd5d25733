import type { Problem } from '#contract/problems.ts'

/** A refusal the server explained. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

/** The server could not be reached; nothing is known about whether it acted. */
export class Offline extends Error {
  override readonly name = 'Offline'
}
