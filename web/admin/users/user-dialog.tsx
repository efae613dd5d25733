import type { User } from '#contract/accounts.ts'
import type { Id } from '#contract/ids.ts'
import { getUser, type UserDetails } from '#contract/users.ts'
import { call } from '../../api/call.ts'
import { useRequest } from '../../api/use-request.ts'
import { t } from '../../text/i18n.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TimeSince } from '../../ui/time-since.tsx'
import { UserKeys } from '../api-keys/user-keys.tsx'
import { accountErrorText } from './account-problem.ts'
import { useDeciders } from './use-deciders.ts'
import { UserActions } from './user-actions.tsx'
import type { UserAct } from './user-acts.ts'
import { UserLimits } from './user-limits.tsx'
import { Decision, Note, StateBadge, UserBadges } from './user-parts.tsx'

interface UserDialogProps {
  id: Id<'user'>
  /** What the list says of the account; null for one that is not on the page. */
  known: User | null
  /** Another number asks for the details anew. */
  version: number
  isBusy: boolean
  onAct: (act: UserAct, user: User) => void
  onClose: () => void
}

/** All there is to know about an account, and to do about it. */
export function UserDialog({ id, known, version, isBusy, onAct, onClose }: UserDialogProps) {
  const { state, latest, reload } = useRequest(`user/${id}/${version}`, (signal) =>
    call(getUser, { params: { id }, signal }),
  )
  const user = latest ?? known
  return (
    <Dialog
      open
      title={user?.username ?? t('users.account')}
      closeLabel={t('common.close')}
      onClose={onClose}
    >
      {user && <Head user={user} />}
      {state.type === 'failed' && !latest && (
        <ErrorState
          title={t('error.title')}
          detail={accountErrorText(state.error)}
          action={<Button onClick={reload}>{t('common.retry')}</Button>}
        />
      )}
      {!latest && state.type === 'loading' && (
        <div role="status" aria-label={t('common.loading')} className="flex flex-col gap-4 pt-4">
          <Skeleton className="h-16 w-full" />
          <Skeleton className="h-40 w-full" />
        </div>
      )}
      {latest && (
        <div className="flex flex-col gap-7 pt-5">
          <Facts details={latest} />
          <UserLimits key={latest.id} details={latest} onChange={reload} />
          {latest.apiKeys > 0 && <UserKeys key={latest.id} user={latest} onChange={reload} />}
          <UserActions user={latest} isBusy={isBusy} onAct={(act) => onAct(act, latest)} />
        </div>
      )}
    </Dialog>
  )
}

function Head({ user }: { user: User }) {
  const nameOf = useDeciders([])
  return (
    <div className="flex gap-4">
      <Avatar username={user.username} url={user.avatarUrl} className="size-12 text-lg" />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <div className="flex flex-wrap items-center gap-2">
          <StateBadge state={user.state} />
          <UserBadges user={user} />
        </div>
        <p className="text-sm text-muted">
          {t('users.signedUp')} <TimeSince at={user.createdAt} />
          {user.lastSeenAt !== null && (
            <>
              {' · '}
              {t('users.seen')} <TimeSince at={user.lastSeenAt} />
            </>
          )}
        </p>
        <Decision user={user} decider={nameOf(user.decidedBy)} />
        <Note user={user} />
      </div>
    </div>
  )
}

const facts = [
  'conversations',
  'messages30d',
  'tokens30d',
  'attachments',
  'sessions',
  'apiKeys',
] as const

function Facts({ details }: { details: UserDetails }) {
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3">
      {facts.map((fact) => (
        <div key={fact} className="flex flex-col-reverse">
          <dt className="text-xs text-muted">{t(`users.fact.${fact}`)}</dt>
          <dd className="text-base font-medium tabular-nums">
            {t('users.number', { n: details[fact] })}
          </dd>
        </div>
      ))}
    </dl>
  )
}
