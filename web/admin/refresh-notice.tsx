import type { Refreshed } from '#contract/models.ts'
import { problemText } from '../api/problem-text.ts'
import { t } from '../text/i18n.ts'
import { Notice } from '../ui/notice.tsx'

interface RefreshNoticeProps {
  items: readonly Refreshed[]
  nameOf: (connectionId: Refreshed['connectionId']) => string
}

/** What became of the list of each connection that was asked for its models. */
export function RefreshNotice({ items, nameOf }: RefreshNoticeProps) {
  const hasFailed = items.some(({ ok }) => !ok)
  return (
    <Notice tone={hasFailed ? 'warning' : items.length === 0 ? 'neutral' : 'success'}>
      {items.length === 0 && <p>{t('admin.nothingToRefresh')}</p>}
      <ul className="flex flex-col gap-1">
        {items.map((item) => (
          <li key={item.connectionId}>{outcomeText(item, nameOf(item.connectionId))}</li>
        ))}
      </ul>
    </Notice>
  )
}

function outcomeText({ ok, added, removed, kept, problem }: Refreshed, name: string): string {
  if (ok) return t('admin.refreshed', { name, added, removed, kept })
  const said = problem?.provider as { message?: unknown } | undefined
  const words = typeof said?.message === 'string' ? ` ${said.message}` : ''
  return t('admin.refreshFailed', {
    name,
    problem: `${problem ? problemText(problem) : ''}${words}`,
  })
}
