import { SearchX } from 'lucide-react'
import { t } from './text/i18n.ts'
import { EmptyState } from './ui/empty-state.tsx'
import { Link } from './ui/navigation.tsx'

/** What an address leads to that nothing is at. */
export function NotFound() {
  return (
    <main className="flex h-full flex-1 flex-col items-center justify-center">
      <h1 className="sr-only">{t('error.notFoundTitle')}</h1>
      <EmptyState
        icon={<SearchX aria-hidden className="size-6" />}
        title={t('error.notFoundTitle')}
        action={
          <Link
            to="/main"
            className="text-sm font-medium text-accent underline-offset-4 hover:underline"
          >
            {t('error.toStart')}
          </Link>
        }
      >
        {t('error.notFound')}
      </EmptyState>
    </main>
  )
}
