import { ChevronsUpDown } from 'lucide-react'
import { useMe } from '../api/me.ts'
import { t } from '../text/i18n.ts'
import { Avatar } from '../ui/avatar.tsx'
import { later } from '../ui/later.ts'
import { Menu, type MenuTriggerProps } from '../ui/menu.tsx'
import { quotaText } from './quota-text.ts'

const AccountMenuItems = later(
  async () => (await import('./account-menu-items.tsx')).AccountMenuItems,
)

/** Who is signed in, what is left for today, and where to settings and out. */
export function AccountMenu({ compact }: { compact: boolean }) {
  const { actor } = useMe()
  if (actor?.type !== 'user') return null
  return (
    <Menu
      align={compact ? 'end' : 'start'}
      side="top"
      className="w-64"
      trigger={(props) => <Trigger compact={compact} trigger={props} />}
    >
      <AccountMenuItems>{compact && <Who />}</AccountMenuItems>
    </Menu>
  )
}

function Trigger({ compact, trigger }: { compact: boolean; trigger: MenuTriggerProps }) {
  const { actor, pendingUsers = 0 } = useMe()
  if (actor?.type !== 'user') return null
  const { username, avatarUrl } = actor
  const avatar = (
    <span className="relative">
      <Avatar username={username} url={avatarUrl} />
      {pendingUsers > 0 && (
        <span className="absolute -right-0.5 -top-0.5 size-2.5 rounded-full border-2 border-sunken bg-danger" />
      )}
    </span>
  )
  if (compact) {
    return (
      <button
        type="button"
        {...trigger}
        aria-label={t('account.menu', { name: username })}
        className="flex size-11 shrink-0 items-center justify-center rounded-full ring-focus hover:bg-hover"
      >
        {avatar}
      </button>
    )
  }
  return (
    <button
      type="button"
      {...trigger}
      className="flex w-full items-center gap-3 rounded-control p-2 text-left ring-focus-inset hover:bg-hover aria-expanded:bg-hover"
    >
      {avatar}
      <Who />
      <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
    </button>
  )
}

function Who() {
  const { actor, quota } = useMe()
  if (actor?.type !== 'user') return null
  const left = quota && quotaText(quota)
  return (
    <span className="min-w-0 flex-1 px-0.5">
      <span className="block truncate text-sm font-medium text-ink">{actor.username}</span>
      <span className="block truncate text-xs text-muted">{left ?? t(`role.${actor.role}`)}</span>
    </span>
  )
}
