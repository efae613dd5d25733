import type { User } from '#contract/accounts.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { RenameDialog } from './rename-dialog.tsx'
import { RoleDialog } from './role-dialog.tsx'
import { SignOutDialog } from './sign-out-dialog.tsx'
import type { Outcome } from './use-acts.ts'
import type { UserAct } from './user-acts.ts'

interface ActDialogsProps {
  asked: { act: Exclude<UserAct, 'approve' | 'enable'>; user: User }
  onOutcome: (outcome: Outcome) => void
  onClose: () => void
}

/** What an act on an account has to ask before it is done. */
export function ActDialogs({ asked: { act, user }, onOutcome, onClose }: ActDialogsProps) {
  function end(outcome: Outcome) {
    onClose()
    onOutcome(outcome)
  }
  const change = {
    user,
    onClose,
    onDone: (changed: User) => end({ type: 'changed', act, user: changed }),
  }
  switch (act) {
    case 'reject':
    case 'disable':
      return <ReasonDialog act={act} {...change} />
    case 'rename':
      return <RenameDialog {...change} />
    case 'role':
      return <RoleDialog {...change} />
    case 'signOut':
      return (
        <SignOutDialog {...change} onDone={() => end({ type: 'changed', act: 'signOut', user })} />
      )
    case 'password':
      // It stays, and shows what to pass on.
      return (
        <PasswordDialog
          {...change}
          onDone={() => onOutcome({ type: 'changed', act: 'password', user })}
        />
      )
    case 'delete':
      return <DeleteDialog {...change} onDone={() => end({ type: 'deleted', user })} />
    default:
      return act satisfies never
  }
}
