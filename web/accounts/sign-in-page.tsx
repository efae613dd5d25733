import { useState } from 'react'
import { useBranding } from '../api/branding.ts'
import { useValue } from '../api/value.ts'
import { t } from '../text/i18n.ts'
import { Notice } from '../ui/notice.tsx'
import { AccountState } from './account-state.tsx'
import { AuthFrame } from './auth-frame.tsx'
import { AuthLink, GuestLink } from './auth-links.tsx'
import type { RefusedAccount } from './refused-account.ts'
import { guestsEndedValue } from './session-store.ts'
import { SignInForm } from './sign-in-form.tsx'
import type { Credentials } from './signing-in.ts'

/** Signing in; where it leads is decided by the address once somebody is signed in. */
export default function SignInPage() {
  const { registration } = useBranding()
  const guestsEnded = useValue(guestsEndedValue)
  const [refused, setRefused] = useState<{ account: RefusedAccount; credentials: Credentials }>()
  if (refused) return <AccountState {...refused} onLeave={() => setRefused(undefined)} />
  return (
    <AuthFrame
      title={t('signIn.title')}
      footer={
        <>
          {registration === 'closed' ? (
            <p>{t('signUp.closed')}</p>
          ) : (
            <p>
              {t('signIn.noAccount')} <AuthLink to="sign-up">{t('signUp.submit')}</AuthLink>
            </p>
          )}
          <GuestLink />
        </>
      }
    >
      {guestsEnded && (
        <Notice tone="warning" className="mb-5">
          {t('signIn.guestsOff')}
        </Notice>
      )}
      <SignInForm
        onSignedIn={() => {}}
        onRefusedAccount={(account, credentials) => setRefused({ account, credentials })}
      />
    </AuthFrame>
  )
}
