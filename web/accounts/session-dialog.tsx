import { useEffect } from 'react'
import { useMe } from '../api/me.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { navigate } from '../ui/navigation.tsx'
import { forgetSession } from './session-store.ts'
import { SignInForm } from './sign-in-form.tsx'
import { checkSession } from './signing-in.ts'

/** Comes up over the page when the session has ended, so that nothing on it is lost. */
export function SessionDialog() {
  const { actor } = useMe()
  useEffect(() => {
    const check = () => {
      if (document.visibilityState === 'visible') checkSession().catch(() => {})
    }
    document.addEventListener('visibilitychange', check)
    window.addEventListener('focus', check)
    return () => {
      document.removeEventListener('visibilitychange', check)
      window.removeEventListener('focus', check)
    }
  }, [])
  if (actor?.type !== 'user') return null
  return (
    <Dialog open title={t('session.endedTitle')} width="small" onClose={() => {}}>
      <p className="mb-5 text-sm text-muted">{t('session.endedText')}</p>
      <SignInForm
        username={actor.username}
        onSignedIn={(me) => {
          // Somebody else must not land on a page that is not theirs.
          if (me.actor?.id !== actor.id) navigate('/main', { replace: true })
        }}
      />
      <Button variant="ghost" onClick={forgetSession} className="mt-3 w-full">
        {t('session.leave')}
      </Button>
    </Dialog>
  )
}
