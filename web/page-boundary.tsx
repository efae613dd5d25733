import { Component, type ReactNode } from 'react'
import { t } from './text/i18n.ts'
import { Button } from './ui/button.tsx'
import { ErrorState } from './ui/error-state.tsx'

interface PageBoundaryProps {
  children: ReactNode
}

/** Shows a way out when a page throws. Given a `key` per page, leaving the page mends it. */
export class PageBoundary extends Component<PageBoundaryProps, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <div className="flex flex-1 items-center justify-center">
        <ErrorState
          title={t('error.title')}
          detail={t('error.page')}
          action={<Button onClick={() => location.reload()}>{t('error.reload')}</Button>}
        />
      </div>
    )
  }
}
