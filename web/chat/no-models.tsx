import { Plug } from 'lucide-react'
import { useCapability } from '../api/me.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Link } from '../ui/navigation.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { loadModels, useModels } from './models-store.ts'

/** Why there is no model to choose, and who can do something about it. */
export function NoModels() {
  const models = useModels()
  const mayConnect = useCapability('manageConnections')
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
  return (
    <EmptyState
      icon={<Plug aria-hidden className="size-6" />}
      title={t('welcome.noModels')}
      action={
        mayConnect && (
          <Link
            to="/main/settings/connections"
            className="inline-flex h-9 items-center rounded-control bg-accent px-3.5 text-sm font-medium text-on-accent ring-focus touch-target"
          >
            {t('welcome.connect')}
          </Link>
        )
      }
    >
      {mayConnect ? t('welcome.noModelsAdmin') : t('welcome.noModelsUser')}
    </EmptyState>
  )
}
