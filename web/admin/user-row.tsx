import { useState } from 'react'
import { Ban, Ellipsis, UserCheck } from 'lucide-react'
import type { AccountState, User } from '#contract/accounts.ts'
import { approveUser, disableUser, enableUser, rejectUser } from '#contract/users.ts'
import { call } from '../api/call.ts'
import { useMe } from '../api/me.ts'
import { t } from '../text/i18n.ts'
import { timeAgo } from '../text/time-ago.ts'
import { Badge, type BadgeTone } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu } from '../ui/menu.tsx'
import { MenuItem } from '../ui/menu-items.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { useAttempt } from './use-attempt.ts'

interface UserRowProps {
  user: User
  onChange: (user: User) => void
}

const tones: Record<AccountState, BadgeTone> = {
  pending: 'warning',
  active: 'success',
  rejected: 'danger',
  disabled: 'neutral',
}

/** An account with its state and what an administrator may decide about it. */
export function UserRow({ user, onChange }: UserRowProps) {
  const { actor } = useMe()
  const [asking, setAsking] = useState<Refusal | null>(null)
  const [busy, attempt] = useAttempt()
  const { id, state } = user

  const decide = (request: Promise<User>) => attempt(async () => onChange(await request))
  const acts = {
    busy,
    approve: () => decide(call(approveUser, { params: { id } })),
    enable: () => decide(call(enableUser, { params: { id } })),
    refuse: setAsking,
  }
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-3 px-5 py-4">
      <UserFacts user={user} />
      {state === 'pending' && <PendingButtons user={user} {...acts} />}
      {state !== 'pending' && id !== actor?.id && <UserMenu user={user} {...acts} />}
      {asking && (
        <RefusalDialog
          user={user}
          refusal={asking}
          onClose={() => setAsking(null)}
          onConfirm={(reason) => {
            setAsking(null)
            const endpoint = asking === 'reject' ? rejectUser : disableUser
            void decide(call(endpoint, { params: { id }, body: reason ? { reason } : {} }))
          }}
        />
      )}
    </div>
  )
}

function UserFacts({ user }: { user: User }) {
  const { username, role, state, note, reason } = user
  return (
    <div className="min-w-0 flex-1 basis-56">
      <div className="flex flex-wrap items-center gap-2">
        <span className="truncate text-sm font-medium">{username}</span>
        {role === 'admin' && <Badge tone="accent">{t('role.admin')}</Badge>}
        {state !== 'active' && <Badge tone={tones[state]}>{t(`users.state.${state}`)}</Badge>}
      </div>
      <p className="mt-0.5 text-sm text-muted">{seenText(user)}</p>
      {note && <p className="mt-1.5 text-sm [overflow-wrap:anywhere]">“{note}”</p>}
      {reason && (
        <p className="mt-1.5 text-sm text-muted [overflow-wrap:anywhere]">
          {t('account.reason', { reason })}
        </p>
      )}
    </div>
  )
}

type Refusal = 'reject' | 'disable'

interface Acts {
  user: User
  busy: boolean
  approve: () => void
  enable: () => void
  refuse: (refusal: Refusal) => void
}

function PendingButtons({ user: { username: name }, busy, approve, refuse }: Acts) {
  return (
    <div className="flex gap-2">
      <Button
        size="small"
        disabled={busy}
        aria-label={t('users.rejectNamed', { name })}
        onClick={() => refuse('reject')}
      >
        {t('users.reject')}
      </Button>
      <Button
        size="small"
        variant="primary"
        loading={busy}
        aria-label={t('users.approveNamed', { name })}
        onClick={approve}
      >
        {t('users.approve')}
      </Button>
    </div>
  )
}

function UserMenu({ user: { username: name, state }, approve, enable, refuse }: Acts) {
  return (
    <Menu
      align="end"
      trigger={(trigger) => (
        <IconButton
          label={t('users.menu', { name })}
          icon={<Ellipsis className="size-4.5" />}
          {...trigger}
        />
      )}
    >
      {state === 'active' && (
        <MenuItem icon={<Ban />} danger onSelect={() => refuse('disable')}>
          {t('users.disable')}
        </MenuItem>
      )}
      {state === 'rejected' && (
        <MenuItem icon={<UserCheck />} onSelect={approve}>
          {t('users.approve')}
        </MenuItem>
      )}
      {state === 'disabled' && (
        <MenuItem icon={<UserCheck />} onSelect={enable}>
          {t('users.enable')}
        </MenuItem>
      )}
    </Menu>
  )
}

interface RefusalDialogProps {
  user: User
  refusal: Refusal
  onConfirm: (reason: string) => void
  onClose: () => void
}

function RefusalDialog({ user: { username: name }, refusal, ...handlers }: RefusalDialogProps) {
  return (
    <ReasonDialog
      title={t(`users.${refusal}Title`, { name })}
      text={t(`users.${refusal}Text`)}
      confirmLabel={t(`users.${refusal}`)}
      {...handlers}
    />
  )
}

function seenText({ state, lastSeenAt, createdAt }: User): string {
  if (state === 'pending' || lastSeenAt === null) {
    return t('users.signedUp', { when: timeAgo(createdAt) })
  }
  return t('users.seen', { when: timeAgo(lastSeenAt) })
}
