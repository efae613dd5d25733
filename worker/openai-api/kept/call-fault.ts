import type { ProblemCode } from '../../contract/problems.ts'
import { Fault } from '../../platform/fault.ts'
import type { CallRecord } from './call-store.ts'

/** What breaks a run, as a fault. Its own end by whoever cancels it is an interruption. */
export function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  const isAbort = error instanceof Error && error.name === 'AbortError'
  if (!isAbort) console.error(error)
  return new Fault(isAbort ? 'interrupted' : 'internal', {}, { cause: error })
}

/** Why there is no answer, or only a part of one. */
export function faultFrom({ fault }: CallRecord): Fault | null {
  return fault && new Fault(fault.code as ProblemCode, fault.members)
}
