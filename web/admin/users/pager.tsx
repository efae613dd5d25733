import { ChevronLeft, ChevronRight } from 'lucide-react'
import { t } from '../../text/i18n.ts'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { pageNumbers } from './page-numbers.ts'
import { pageSize } from './use-users.ts'

interface PagerProps {
  page: number
  total: number
  onPage: (page: number) => void
}

/** Which of all are shown, and the way to the others. */
export function Pager({ page, total, onPage }: PagerProps) {
  const count = Math.ceil(total / pageSize)
  const from = (page - 1) * pageSize + 1
  const to = Math.min(total, page * pageSize)
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p role="status" className="text-sm text-muted">
        {t('users.range', { from, to, total })}
      </p>
      {count > 1 && (
        <nav aria-label={t('users.pages')} className="flex items-center gap-1">
          <IconButton
            label={t('users.previous')}
            disabled={page <= 1}
            icon={<ChevronLeft className="size-4.5" />}
            onClick={() => onPage(page - 1)}
          />
          <span className="px-2 text-sm text-muted sm:hidden">
            {t('users.page', { page, count })}
          </span>
          <ul className="flex items-center gap-1 max-sm:hidden">
            {pageNumbers(page, count).map((one, index) => (
              <li key={one ?? `gap ${index}`}>
                {one === null ? (
                  <span className="px-1 text-sm text-muted">…</span>
                ) : (
                  <PageButton page={one} isCurrent={one === page} onPage={onPage} />
                )}
              </li>
            ))}
          </ul>
          <IconButton
            label={t('users.next')}
            disabled={page >= count}
            icon={<ChevronRight className="size-4.5" />}
            onClick={() => onPage(page + 1)}
          />
        </nav>
      )}
    </div>
  )
}

interface PageButtonProps {
  page: number
  isCurrent: boolean
  onPage: (page: number) => void
}

function PageButton({ page, isCurrent, onPage }: PageButtonProps) {
  return (
    <button
      type="button"
      aria-label={t('users.toPage', { page })}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={() => onPage(page)}
      className={classNames(
        'h-9 min-w-9 rounded-control px-2 text-sm tabular-nums ring-focus touch-target',
        isCurrent ? 'bg-pressed font-medium' : 'text-muted hover:bg-hover hover:text-ink',
      )}
    >
      {page}
    </button>
  )
}
