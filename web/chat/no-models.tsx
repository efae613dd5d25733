import { LogIn, Plug } from 'lucide-react'
import { useBranding } from '../api/branding.ts'
import { useCapability, useIsGuest } from '../api/me.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { useSignInPath } from '../ui/navigation.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { loadModels, useModels } from './models-store.ts'

/** Why there is no model to choose, and who can do something about it. */
export function NoModels() {
  const models = useModels()
  const mayConnect = useCapability('manageConnections')
  const isGuest = useIsGuest()
  if (models.type === 'loading') {
    return (
      <div className="flex justify-center py-10 text-muted">
        <Spinner label={t('common.loading')} className="size-5" />
      </div>
    )
  }
  if (models.type === 'failed') {
    return (
      <ErrorState
        title={t('model.failed')}
        detail={models.problem?.detail ?? t('error.offline')}
        action={<Button onClick={() => void loadModels()}>{t('common.retry')}</Button>}
      />
    )
  }
  if (isGuest) {
    return (
      <EmptyState
        icon={<LogIn aria-hidden className="size-6" />}
        title={t('welcome.noModelsGuest')}
        action={<SignInOrUp />}
      >
        {t('welcome.noModelsGuestText')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<Plug aria-hidden className="size-6" />}
      title={t('welcome.noModels')}
      action={
        mayConnect && (
          <LinkButton to="/main/admin/connections" variant="primary">
            {t('welcome.connect')}
          </LinkButton>
        )
      }
    >
      {mayConnect ? t('welcome.noModelsAdmin') : t('welcome.noModelsUser')}
    </EmptyState>
  )
}

/** What a guest can do who may not go on as one. */
export function SignInOrUp() {
  const { registration } = useBranding()
  const [signIn, signUp] = [useSignInPath('sign-in'), useSignInPath('sign-up')]
  return (
    <div className="flex flex-wrap justify-center gap-2">
      <LinkButton to={signIn} variant="primary">
        {t('signIn.submit')}
      </LinkButton>
      {registration !== 'closed' && <LinkButton to={signUp}>{t('signUp.submit')}</LinkButton>}
    </div>
  )
}
