import { useState } from 'react'
import { SquareTerminal } from 'lucide-react'
import { listApiKeys, type ApiKey } from '#contract/api-keys.ts'
import type { Id } from '#contract/ids.ts'
import { call } from '../../api/call.ts'
import { errorText } from '../../api/error-text.ts'
import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePages } from '../use-pages.ts'
import { UserSearch } from '../user-search.tsx'
import { KeyRow } from './key-row.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'

const pageSize = 20

/** Everybody's keys, or those of one owner. */
export function KeysOverview() {
  const [owner, setOwner] = useState<{ id: Id<'user'>; name: string } | null>(null)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  // The pages that were read stay as they are; what is gone from them is left out.
  const [revoked, setRevoked] = useState<readonly string[]>([])
  const pages = usePages(owner?.id ?? '', (cursor, signal) =>
    call(listApiKeys, {
      query: {
        all: '1',
        limit: pageSize,
        ...(owner && { ownerId: owner.id }),
        ...(cursor !== undefined && { cursor }),
      },
      signal,
    }),
  )
  const { error, isLoading, hasMore, loadMore } = pages
  const items = pages.items.filter(({ id }) => !revoked.includes(id))
  return (
    <section className="flex max-w-2xl flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div className="min-w-0 flex-1 basis-60">
          <h3 className="text-sm font-semibold text-ink">{t('apiKeys.all')}</h3>
          <p className="text-sm text-muted">{t('apiKeys.allHint')}</p>
        </div>
        <UserSearch
          key={owner?.id}
          chosen={owner}
          className="w-56 max-sm:w-full"
          labels={{
            field: t('apiKeys.owner'),
            anybody: t('apiKeys.anybody'),
            clear: t('apiKeys.clearOwner'),
          }}
          onChoose={setOwner}
        />
      </div>
      <ul className="divide-y divide-line rounded-card border border-line bg-surface shadow-soft empty:hidden dark:bg-raised/40">
        {items.map((key) => (
          <KeyRow key={key.id} apiKey={key} onRevoke={() => setRevoking(key)} />
        ))}
      </ul>
      {isLoading && items.length === 0 && (
        <div role="status" aria-label={t('common.loading')}>
          <Skeleton className="h-20 w-full" />
        </div>
      )}
      {error !== null && (
        <ErrorState
          title={t('error.title')}
          detail={errorText(error)}
          action={<Button onClick={loadMore}>{t('common.retry')}</Button>}
        />
      )}
      {!isLoading && error === null && items.length === 0 && !hasMore && (
        <EmptyState
          icon={<SquareTerminal aria-hidden className="size-5" />}
          title={owner ? t('apiKeys.noneOf', { name: owner.name }) : t('apiKeys.allEmpty')}
        />
      )}
      {hasMore && error === null && (
        <div className="flex justify-center py-2">
          <Button loading={isLoading} onClick={loadMore}>
            {t('apiKeys.more')}
          </Button>
        </div>
      )}
      {revoking?.owner && (
        <RevokeDialog
          apiKey={revoking}
          owner={revoking.owner}
          onRevoked={() => setRevoked([...revoked, revoking.id])}
          onClose={() => setRevoking(null)}
        />
      )}
    </section>
  )
}
