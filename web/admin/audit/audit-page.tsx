import { ScrollText, SearchX } from 'lucide-react'
import { listAudit, type AuditEntry } from '#contract/audit.ts'
import { call } from '../../api/call.ts'
import { errorText } from '../../api/error-text.ts'
import { currentLanguage, t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { setAddressQuery, useAddressQuery } from '../../ui/navigation.tsx'
import { Section } from '../../ui/section.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePages } from '../use-pages.ts'
import { AuditRow } from './audit-entry.tsx'
import { AuditFilters } from './audit-filters.tsx'
import {
  momentsOf,
  readAuditQuery,
  wholeLog,
  writeAuditQuery,
  type AuditQuery,
} from './audit-query.ts'

const pageSize = 50

/** Who signed in and who changed what, newest first. */
export default function AuditPage() {
  const query = readAuditQuery(useAddressQuery())
  const { area, actor } = query
  const written = writeAuditQuery(query)
  const { items, error, isLoading, hasMore, loadMore } = usePages(written, (cursor, signal) =>
    call(listAudit, {
      query: {
        limit: pageSize,
        ...momentsOf(query),
        ...(area && { kind: area }),
        ...(actor && { actorId: actor.id }),
        ...(cursor !== undefined && { cursor }),
      },
      signal,
    }),
  )
  const show = (change: Partial<AuditQuery>) =>
    setAddressQuery(writeAuditQuery({ ...query, ...change }))
  const isFiltered = written !== ''
  const isWaiting = isLoading && items.length === 0
  return (
    <Section title={t('settings.audit')} hint={t('audit.hint')}>
      <AuditFilters query={query} onChange={show} />
      {isWaiting && <Waiting />}
      {byDay(items).map(([day, entries]) => (
        <Day key={day} day={day} entries={entries} />
      ))}
      {error !== null && (
        <ErrorState
          title={t('error.title')}
          detail={errorText(error)}
          action={<Button onClick={loadMore}>{t('common.retry')}</Button>}
        />
      )}
      {!isLoading && error === null && items.length === 0 && (
        <EmptyState
          icon={
            isFiltered ? (
              <SearchX aria-hidden className="size-5" />
            ) : (
              <ScrollText aria-hidden className="size-5" />
            )
          }
          title={t(isFiltered ? 'audit.noneFits' : 'audit.none')}
          action={isFiltered && <Button onClick={() => show(wholeLog)}>{t('audit.clear')}</Button>}
        >
          {isFiltered && t('audit.noneFitsText')}
        </EmptyState>
      )}
      {items.length > 0 && error === null && (
        <div className="flex justify-center py-2">
          {hasMore ? (
            <Button loading={isLoading} onClick={loadMore}>
              {t('audit.more')}
            </Button>
          ) : (
            <p role="status" className="text-sm text-muted">
              {t('audit.end')}
            </p>
          )}
        </div>
      )}
    </Section>
  )
}

function Day({ day, entries }: { day: string; entries: readonly AuditEntry[] }) {
  const name = dayName(entries[0]?.at ?? 0)
  return (
    <section aria-label={name} className="flex flex-col gap-2">
      <h3 className="pt-2 text-xs font-medium text-muted">
        <time dateTime={day}>{name}</time>
      </h3>
      <ul className="divide-y divide-line rounded-card border border-line bg-surface shadow-soft dark:bg-raised/40">
        {entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  )
}

/** Entries under the day they belong to, where the reader is. */
function byDay(entries: readonly AuditEntry[]): [string, AuditEntry[]][] {
  const days = new Map<string, AuditEntry[]>()
  for (const entry of entries) {
    const day = dayKey(new Date(entry.at))
    days.set(day, [...(days.get(day) ?? []), entry])
  }
  return [...days]
}

function dayKey(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

function dayName(at: number): string {
  const date = new Date(at)
  const today = new Date()
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)
  if (dayKey(date) === dayKey(today)) return t('audit.today')
  if (dayKey(date) === dayKey(yesterday)) return t('audit.yesterday')
  return date.toLocaleDateString(currentLanguage(), { dateStyle: 'full' })
}

function Waiting() {
  return (
    <div role="status" aria-label={t('common.loading')} className="flex flex-col gap-3">
      {[1, 2, 3, 4, 5].map((row) => (
        <Skeleton key={row} className="h-11 w-full" />
      ))}
    </div>
  )
}
