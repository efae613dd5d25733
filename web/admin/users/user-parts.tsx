import type { AccountState, User } from '#contract/accounts.ts'
import { useMe } from '../../api/me.ts'
import { t } from '../../text/i18n.ts'
import { Badge, type BadgeTone } from '../../ui/badge.tsx'
import { TimeSince } from '../../ui/time-since.tsx'

const tones: Record<AccountState, BadgeTone> = {
  pending: 'warning',
  active: 'success',
  rejected: 'danger',
  disabled: 'neutral',
}

/** Who somebody is, beside the name. */
export function UserBadges({ user: { id, role } }: { user: User }) {
  const { actor } = useMe()
  return (
    <>
      {id === actor?.id && <Badge>{t('users.you')}</Badge>}
      {role === 'admin' && <Badge tone="accent">{t('role.admin')}</Badge>}
    </>
  )
}

export function StateBadge({ state }: { state: AccountState }) {
  return <Badge tone={tones[state]}>{t(`users.state.${state}`)}</Badge>
}

interface DecisionProps {
  user: User
  /** Whoever decided, as far as the name is known. */
  decider: string | null
}

/** Who brought an account into its state, when and why. */
export function Decision({ user: { decidedAt, reason }, decider }: DecisionProps) {
  if (decidedAt === null && !reason) return null
  return (
    <div className="flex flex-col gap-0.5 text-sm text-muted">
      {decidedAt !== null && (
        <p>
          {decider === null ? t('users.decided') : t('users.decidedBy', { name: decider })}{' '}
          <TimeSince at={decidedAt} />
        </p>
      )}
      {reason && <p className="[overflow-wrap:anywhere]">{t('account.reason', { reason })}</p>}
    </div>
  )
}

/** What somebody wrote to the administrator when signing up. */
export function Note({ user: { note } }: { user: User }) {
  if (!note) return null
  return (
    <p className="border-l-2 border-line-strong pl-3 text-sm [overflow-wrap:anywhere]">{note}</p>
  )
}
