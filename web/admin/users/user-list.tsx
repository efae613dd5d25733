import type { User } from '#contract/accounts.ts'
import type { Id } from '#contract/ids.ts'
import { t } from '../../text/i18n.ts'
import { classNames } from '../../ui/class-names.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useDeciders } from './use-deciders.ts'
import type { UserAct } from './user-acts.ts'
import { UserRow } from './user-row.tsx'

interface UserListProps {
  users: readonly User[]
  /** Another page is on its way. */
  isStale: boolean
  selected: ReadonlyMap<Id<'user'>, User>
  busyId: Id<'user'> | null
  onSelect: (user: User, isSelected: boolean) => void
  onOpen: (user: User) => void
  onAct: (act: UserAct, user: User) => void
}

/** One page of accounts. */
export function UserList({ users, isStale, selected, busyId, ...on }: UserListProps) {
  const nameOf = useDeciders(users)
  return (
    <ul
      aria-label={t('settings.users')}
      aria-busy={isStale}
      className={classNames(
        '@container divide-y divide-line overflow-hidden rounded-card border border-line bg-surface shadow-soft dark:bg-raised/40',
        isStale && 'opacity-60',
      )}
    >
      {users.map((user) => (
        <UserRow
          key={user.id}
          user={user}
          decider={nameOf(user.decidedBy)}
          isSelected={selected.has(user.id)}
          isBusy={busyId === user.id}
          onSelect={(isSelected) => on.onSelect(user, isSelected)}
          onOpen={() => on.onOpen(user)}
          onAct={(act) => on.onAct(act, user)}
        />
      ))}
    </ul>
  )
}

export function WaitingList() {
  return (
    <div
      role="status"
      aria-label={t('common.loading')}
      className="divide-y divide-line rounded-card border border-line"
    >
      {[1, 2, 3, 4, 5].map((row) => (
        <div key={row} className="flex items-center gap-4 px-4 py-4">
          <Skeleton className="size-8 rounded-full" />
          <Skeleton className="h-5 w-40" />
        </div>
      ))}
    </div>
  )
}
