import { Ban, Check, Ellipsis, IdCard, Trash2, UserCheck, X } from 'lucide-react'
import type { User } from '#contract/accounts.ts'
import type { BulkAction } from '#contract/users.ts'
import { useMe } from '../../api/me.ts'
import { t } from '../../text/i18n.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { MenuItem } from '../../ui/menu-items.tsx'
import { TimeSince } from '../../ui/time-since.tsx'
import { decisionsFor, type UserAct } from './user-acts.ts'
import { Decision, Note, StateBadge, UserBadges } from './user-parts.tsx'

interface UserRowProps {
  user: User
  decider: string | null
  isSelected: boolean
  /** Something about this account is under way. */
  isBusy: boolean
  onSelect: (isSelected: boolean) => void
  onOpen: () => void
  onAct: (act: UserAct) => void
}

/**
 * An account with its state and what can be decided about it: columns where there is room, else a
 * card. All of it opens the details; what can be pressed by itself lies above that.
 */
export function UserRow(props: UserRowProps) {
  const { user, decider, isSelected, onSelect } = props
  const { actor } = useMe()
  const { username, avatarUrl, state, createdAt, lastSeenAt } = user
  const isOwn = user.id === actor?.id
  return (
    <li
      className={classNames(
        'relative grid grid-cols-[1.25rem_2rem_minmax(0,1fr)_auto] gap-x-3 gap-y-2.5 px-4 py-3.5',
        '@3xl:grid-cols-[1.25rem_2rem_minmax(0,4fr)_minmax(0,6fr)_10rem_2.25rem]',
        '@3xl:items-start @3xl:gap-x-4',
        isSelected ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <span className="relative z-1 flex h-8 items-center pointer-coarse:-my-1.5 pointer-coarse:h-11">
        {!isOwn && (
          <Checkbox
            label={t('users.select', { name: username })}
            hideLabel
            checked={isSelected}
            onChange={onSelect}
            className="pointer-coarse:-mx-3 pointer-coarse:w-11 pointer-coarse:justify-center"
          />
        )}
      </span>
      <Avatar username={username} url={avatarUrl} />
      <div className="min-w-0">
        <NameLine {...props} />
        <p className="text-sm text-muted">
          {t('users.signedUp')} <TimeSince at={createdAt} className="relative z-1" />
        </p>
      </div>
      <div className="col-span-2 col-start-3 row-start-2 flex min-w-0 flex-col items-start gap-1 @3xl:col-span-1 @3xl:col-start-4 @3xl:row-start-1">
        <StateBadge state={state} />
        <Decision user={user} decider={decider} />
        {state === 'pending' && <Note user={user} />}
      </div>
      <p className="col-span-2 col-start-3 text-sm text-muted empty:hidden @3xl:col-span-1 @3xl:col-start-5 @3xl:row-start-1">
        {lastSeenAt !== null && (
          <>
            {t('users.seen')} <TimeSince at={lastSeenAt} className="relative z-1" />
          </>
        )}
        {lastSeenAt === null && state === 'active' && t('users.neverSeen')}
      </p>
      <Acts {...props} />
    </li>
  )
}

function NameLine({ user, onOpen }: UserRowProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <button
        type="button"
        data-user={user.id}
        aria-label={t('users.open', { name: user.username })}
        onClick={onOpen}
        className="max-w-full truncate rounded text-left text-sm font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
      >
        {user.username}
      </button>
      <UserBadges user={user} />
    </div>
  )
}

function Acts(props: UserRowProps) {
  if (props.user.state === 'pending') return <PendingButtons {...props} />
  return (
    <div className="relative z-1 col-start-4 row-start-1 @3xl:col-start-6">
      <UserMenu {...props} />
    </div>
  )
}

/** The two answers to somebody who waits. Rejecting stands first, approving where a thumb is. */
function PendingButtons({ user: { username: name }, isBusy, onAct }: UserRowProps) {
  return (
    <div className="relative z-1 col-span-2 col-start-3 flex flex-wrap gap-2 @max-3xl:*:flex-1 @3xl:col-start-5 @3xl:row-start-1 @3xl:flex-nowrap @3xl:justify-end">
      <Button
        size="small"
        disabled={isBusy}
        icon={<X aria-hidden className="size-4" />}
        aria-label={t('users.rejectNamed', { name })}
        onClick={() => onAct('reject')}
      >
        {t('users.reject')}
      </Button>
      <Button
        size="small"
        variant="primary"
        loading={isBusy}
        icon={<Check aria-hidden className="size-4" />}
        aria-label={t('users.approveNamed', { name })}
        onClick={() => onAct('approve')}
      >
        {t('users.approve')}
      </Button>
    </div>
  )
}

const icons: Record<BulkAction, React.ReactNode> = {
  approve: <UserCheck />,
  reject: <X />,
  enable: <UserCheck />,
  disable: <Ban />,
  delete: <Trash2 />,
}

function UserMenu({ user, isBusy, onOpen, onAct }: UserRowProps) {
  const { actor } = useMe()
  return (
    <Menu
      align="end"
      trigger={(trigger) => (
        <IconButton
          label={t('users.menu', { name: user.username })}
          icon={<Ellipsis className="size-4.5" />}
          {...trigger}
        />
      )}
    >
      <MenuItem icon={<IdCard />} onSelect={onOpen}>
        {t('common.details')}
      </MenuItem>
      {decisionsFor(user, actor?.id).map((action) => (
        <MenuItem
          key={action}
          icon={icons[action]}
          disabled={isBusy}
          danger={action === 'disable' || action === 'delete'}
          onSelect={() => onAct(action)}
        >
          {t(`users.${action}`)}
        </MenuItem>
      ))}
    </Menu>
  )
}
