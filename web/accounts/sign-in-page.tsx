import { useBranding } from '../api/branding.ts'
import { t } from '../text/i18n.ts'
import { Link } from '../ui/navigation.tsx'
import { AuthFrame } from './auth-frame.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** Signing in; where it leads is decided by the address once somebody is signed in. */
export default function SignInPage() {
  const { registration } = useBranding()
  return (
    <AuthFrame
      title={t('signIn.title')}
      footer={
        registration !== 'closed' && (
          <>
            {t('signIn.noAccount')}{' '}
            <Link
              to="/auth/sign-up"
              className="font-medium text-accent underline-offset-4 hover:underline"
            >
              {t('signUp.submit')}
            </Link>
          </>
        )
      }
    >
      <SignInForm onSignedIn={() => {}} />
    </AuthFrame>
  )
}
