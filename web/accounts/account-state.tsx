import { useState, type ReactNode } from 'react'
import { CircleSlash, Clock, UserX } from 'lucide-react'
import { errorText } from '../api/error-text.ts'
import { currentLanguage, t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Notice } from '../ui/notice.tsx'
import { AuthFrame } from './auth-frame.tsx'
import { useHasGuestConversations } from './guest-conversations.ts'
import { refusedAccountOf, type RefusedAccount } from './refused-account.ts'
import { signIn, type Credentials } from './signing-in.ts'

interface AccountStateProps {
  account: RefusedAccount
  /** What one signs in with, kept in memory so that asking again takes one press. */
  credentials: Credentials
  onLeave: () => void
}

const icons = { pending: Clock, rejected: UserX, disabled: CircleSlash }

/** Why an account cannot be used: what is happening, why, and what its owner can do. */
export function AccountState({ account: first, credentials, onLeave }: AccountStateProps) {
  const [account, setAccount] = useState(first)
  const [checkedAt, setCheckedAt] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const hasGuestConversations = useHasGuestConversations()
  const { type, reason } = account
  const Icon = icons[type]

  async function check() {
    setBusy(true)
    setError(null)
    try {
      // From here on the address says where somebody who is signed in belongs.
      await signIn(credentials)
    } catch (refusal) {
      const next = refusedAccountOf(refusal)
      if (next) setAccount(next)
      else setError(refusal)
      setCheckedAt(Date.now())
    } finally {
      setBusy(false)
    }
  }

  return (
    <AuthFrame title={t(`account.${type}`)}>
      <EmptyState
        icon={<Icon aria-hidden className="size-6" />}
        title={t(`account.${type}Name`, { name: credentials.username.trim() })}
      >
        {reason && <p className="mb-2 font-medium text-ink">{t('account.reason', { reason })}</p>}
        <p>{t(`account.${type}Text`)}</p>
        {type === 'pending' && hasGuestConversations && (
          <p className="mt-2">{t('account.pendingGuest')}</p>
        )}
      </EmptyState>
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      <div className="flex flex-col gap-2">
        <Button
          variant={type === 'pending' ? 'primary' : 'secondary'}
          size="large"
          loading={busy}
          onClick={check}
        >
          {t('account.check')}
        </Button>
        <Button variant="ghost" size="large" onClick={onLeave}>
          {t('account.other')}
        </Button>
      </div>
      <StillPending at={type === 'pending' && error === null ? checkedAt : null} />
    </AuthFrame>
  )
}

/** Always there, so that what appears in it is announced. */
function StillPending({ at }: { at: number | null }): ReactNode {
  const time = at && new Date(at).toLocaleTimeString(currentLanguage())
  return (
    <p role="status" className="mt-3 text-center text-sm text-muted empty:hidden">
      {time && t('account.stillPending', { time })}
    </p>
  )
}
