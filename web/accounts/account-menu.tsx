import { ChevronsUpDown, UserRound } from 'lucide-react'
import { useBranding } from '../api/branding.ts'
import { useIsGuest, useMe } from '../api/me.ts'
import { isScarce, quotaText, useQuota } from '../api/quota-text.ts'
import { t } from '../text/i18n.ts'
import { classNames } from '../ui/class-names.ts'
import { later } from '../ui/later.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { Menu, type MenuTriggerProps } from '../ui/menu.tsx'
import { useSignInPath } from '../ui/navigation.tsx'
import { Avatar } from '../ui/avatar.tsx'

const AccountMenuItems = later(
  async () => (await import('./account-menu-items.tsx')).AccountMenuItems,
)

/** Who is here, what is left for today, and where to settings and out, or for a guest: in. */
export function AccountMenu({ compact }: { compact: boolean }) {
  const isGuest = useIsGuest()
  return (
    <>
      {isGuest && !compact && <SignInButtons />}
      <Menu
        align={compact ? 'end' : 'start'}
        side="top"
        className="w-64"
        trigger={(props) => <Trigger compact={compact} trigger={props} />}
      >
        <AccountMenuItems>{compact && <Who />}</AccountMenuItems>
      </Menu>
    </>
  )
}

function SignInButtons() {
  const { registration } = useBranding()
  const [signIn, signUp] = [useSignInPath('sign-in'), useSignInPath('sign-up')]
  return (
    <div className="flex gap-2 p-1 pb-2 *:flex-1">
      <LinkButton to={signIn} variant="primary" size="small">
        {t('signIn.submit')}
      </LinkButton>
      {registration !== 'closed' && (
        <LinkButton to={signUp} size="small">
          {t('signUp.submit')}
        </LinkButton>
      )}
    </div>
  )
}

function Trigger({ compact, trigger }: { compact: boolean; trigger: MenuTriggerProps }) {
  const { actor, pendingUsers = 0 } = useMe()
  const avatar = (
    <span className="relative">
      {actor?.type === 'user' ? (
        <Avatar username={actor.username} url={actor.avatarUrl} />
      ) : (
        <span className="flex size-8 items-center justify-center rounded-full bg-pressed text-muted">
          <UserRound aria-hidden className="size-4.5" />
        </span>
      )}
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
        aria-label={
          actor?.type === 'user' ? t('account.menu', { name: actor.username }) : t('guest.menu')
        }
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
  const { actor } = useMe()
  const quota = useQuota()
  const left = quota && quotaText(quota, 'Short')
  const isUser = actor?.type === 'user'
  return (
    <span className="min-w-0 flex-1 px-0.5">
      <span className="block truncate text-sm font-medium text-ink">
        {isUser ? actor.username : t('guest.name')}
      </span>
      <span
        className={classNames(
          'block truncate text-xs',
          left && isScarce(quota) ? 'font-medium text-warning' : 'text-muted',
        )}
      >
        {left ?? (isUser && t(`role.${actor.role}`))}
      </span>
    </span>
  )
}
