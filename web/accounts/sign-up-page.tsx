import { useState } from 'react'
import { Clock, Lock } from 'lucide-react'
import type { User } from '#contract/accounts.ts'
import { useBranding } from '../api/branding.ts'
import { t } from '../text/i18n.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Link } from '../ui/navigation.tsx'
import { toast } from '../ui/toast.ts'
import { AuthFrame } from './auth-frame.tsx'
import { SignUpForm } from './sign-up-form.tsx'

/** A new account: for the first person the installation's own, for others by its rules. */
export default function SignUpPage() {
  const { registration, setup = false } = useBranding()
  const [pending, setPending] = useState<User | null>(null)

  if (pending) return <Pending username={pending.username} />
  if (registration === 'closed' && !setup) return <Closed />
  return (
    <AuthFrame
      title={setup ? t('signUp.firstTitle') : t('signUp.title')}
      intro={setup ? t('signUp.firstIntro') : null}
      footer={
        !setup && (
          <>
            {t('signUp.hasAccount')} <SignInLink />
          </>
        )
      }
    >
      <SignUpForm
        onSignedUp={({ user, signedIn }) => {
          if (!signedIn) setPending(user)
          else if (user.role === 'admin') toast(t('signUp.isAdmin'), { tone: 'success' })
        }}
      />
    </AuthFrame>
  )
}

function Pending({ username }: { username: string }) {
  return (
    <AuthFrame title={t('signUp.pendingTitle')} footer={<SignInLink />}>
      <EmptyState
        icon={<Clock aria-hidden className="size-6" />}
        title={t('signUp.pendingName', { name: username })}
      >
        {t('signUp.pendingText')}
      </EmptyState>
    </AuthFrame>
  )
}

function Closed() {
  return (
    <AuthFrame title={t('signUp.title')} footer={<SignInLink />}>
      <EmptyState icon={<Lock aria-hidden className="size-6" />} title={t('signUp.closed')} />
    </AuthFrame>
  )
}

function SignInLink() {
  return (
    <Link to="/auth/sign-in" className="font-medium text-accent underline-offset-4 hover:underline">
      {t('signIn.submit')}
    </Link>
  )
}
