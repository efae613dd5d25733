import { useState } from 'react'
import { Lock } from 'lucide-react'
import { useBranding } from '../api/branding.ts'
import { t } from '../text/i18n.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { toast } from '../ui/toast.ts'
import { AccountState } from './account-state.tsx'
import { AuthFrame } from './auth-frame.tsx'
import { AuthLink, GuestLink } from './auth-links.tsx'
import type { Credentials } from './signing-in.ts'
import { SignUpForm } from './sign-up-form.tsx'

/** A new account: for the first person the installation's own, for others by its rules. */
export default function SignUpPage() {
  const { registration, setup = false } = useBranding()
  const [waiting, setWaiting] = useState<Credentials | null>(null)

  if (waiting) {
    return (
      <AccountState
        account={{ type: 'pending', reason: null }}
        credentials={waiting}
        onLeave={() => setWaiting(null)}
      />
    )
  }
  if (registration === 'closed' && !setup) return <Closed />
  const intro = setup ? 'signUp.firstIntro' : registration === 'approval' && 'signUp.approval'
  return (
    <AuthFrame
      title={setup ? t('signUp.firstTitle') : t('signUp.title')}
      intro={intro && t(intro)}
      footer={!setup && <SignInLinks />}
    >
      <SignUpForm
        onSignedUp={({ user, signedIn }, credentials) => {
          if (!signedIn) setWaiting(credentials)
          else if (user.role === 'admin') toast(t('signUp.isAdmin'), { tone: 'success' })
        }}
      />
    </AuthFrame>
  )
}

function Closed() {
  return (
    <AuthFrame title={t('signUp.title')} footer={<SignInLinks />}>
      <EmptyState icon={<Lock aria-hidden className="size-6" />} title={t('signUp.closed')}>
        {t('signUp.closedText')}
      </EmptyState>
    </AuthFrame>
  )
}

function SignInLinks() {
  return (
    <>
      <p>
        {t('signUp.hasAccount')} <AuthLink to="sign-in">{t('signIn.submit')}</AuthLink>
      </p>
      <GuestLink />
    </>
  )
}
