import { AccountState } from '#contract/accounts.ts'
import type { Problem } from '#contract/problems.ts'
import { errorText } from '../../api/error-text.ts'
import { problemText } from '../../api/problem-text.ts'
import { Refused } from '../../api/refused.ts'
import { t } from '../../text/i18n.ts'

/** Why something about an account was refused, as far as that can be said of accounts. */
export function accountProblemText(problem: Problem): string {
  if (problem.code === 'not_found') return t('users.gone')
  if (problem.code !== 'conflict') return problemText(problem)
  const state = AccountState.safeParse(problem.state)
  return state.success ? t(`users.conflict.${state.data}`) : problemText(problem)
}

export function accountErrorText(error: unknown): string {
  return error instanceof Refused ? accountProblemText(error.problem) : errorText(error)
}
