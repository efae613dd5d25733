import { useState } from 'react'
import type { User } from '#contract/accounts.ts'
import type { Id } from '#contract/ids.ts'
import { approveUser, enableUser } from '#contract/users.ts'
import { call } from '../../api/call.ts'
import { t } from '../../text/i18n.ts'
import { toast } from '../../ui/toast.ts'
import { accountErrorText } from './account-problem.ts'
import type { UserAct } from './user-acts.ts'

/** What came of an act on an account. */
export type Outcome =
  | { type: 'changed'; act: UserAct; user: User }
  | { type: 'deleted'; user: User }

export interface Asked {
  act: Exclude<UserAct, 'approve' | 'enable'>
  user: User
}

interface Acts {
  /** The account something is being done to. */
  busyId: Id<'user'> | null
  /** What is being asked before it is done. */
  asked: Asked | null
  start: (act: UserAct, user: User) => void
  stopAsking: () => void
}

/** Does at once what harms nobody, and asks before the rest. */
export function useActs(onOutcome: (outcome: Outcome) => void, onRefused: () => void): Acts {
  const [busyId, setBusyId] = useState<Id<'user'> | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)

  async function letIn(act: 'approve' | 'enable', { id }: User) {
    setBusyId(id)
    try {
      const endpoint = act === 'approve' ? approveUser : enableUser
      onOutcome({ type: 'changed', act, user: await call(endpoint, { params: { id } }) })
    } catch (error) {
      toast(accountErrorText(error), { tone: 'danger' })
      onRefused()
    } finally {
      setBusyId(null)
    }
  }
  function start(act: UserAct, user: User) {
    if (act === 'approve' || act === 'enable') void letIn(act, user)
    else setAsked({ act, user })
  }
  return { busyId, asked, start, stopAsking: () => setAsked(null) }
}

/** Says that it was done, where that is not to be seen anyway. */
export function tellOutcome(outcome: Outcome) {
  const { username: name } = outcome.user
  const text =
    outcome.type === 'deleted' ? t('users.wasDeleted', { name }) : doneText(outcome.act, name)
  if (text) toast(text, { tone: 'success' })
}

function doneText(act: UserAct, name: string): string | null {
  switch (act) {
    case 'approve':
      return t('users.wasApproved', { name })
    case 'reject':
      return t('users.wasRejected', { name })
    case 'enable':
      return t('users.wasEnabled', { name })
    case 'disable':
      return t('users.wasDisabled', { name })
    case 'signOut':
      return t('users.wasSignedOut', { name })
    case 'role':
      return t('users.hasRole', { name })
    default:
      return null
  }
}
