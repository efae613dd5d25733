import type { ReactNode } from 'react'
import { useBranding } from '../api/branding.ts'
import { errorText } from '../api/error-text.ts'
import { t } from '../text/i18n.ts'
import { Link, navigate, useSignInPath } from '../ui/navigation.tsx'
import { toast } from '../ui/toast.ts'
import { continueAsGuest } from './signing-in.ts'

const look = 'rounded-sm font-medium text-accent underline-offset-4 ring-focus hover:underline'

interface AuthLinkProps {
  to: 'sign-in' | 'sign-up'
  children: ReactNode
}

/** Leads to the other form, and from there back to the same page. */
export function AuthLink({ to, children }: AuthLinkProps) {
  return (
    <Link to={useSignInPath(to)} className={look}>
      {children}
    </Link>
  )
}

/** The way in without an account, where there is one. */
export function GuestLink() {
  const { guests, setup = false } = useBranding()
  if (!guests || setup) return null
  return (
    <p className="mt-3">
      <button type="button" onClick={() => void goOn()} className={look}>
        {t('signIn.asGuest')}
      </button>
    </p>
  )
}

async function goOn() {
  try {
    await continueAsGuest()
    navigate('/main')
  } catch (error) {
    toast(errorText(error), { tone: 'danger' })
  }
}
