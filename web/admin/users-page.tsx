import { useDeferredValue, useState } from 'react'
import { UserSearch } from 'lucide-react'
import { AccountState, type User } from '#contract/accounts.ts'
import { listUsers } from '#contract/users.ts'
import { call } from '../api/call.ts'
import { errorText } from '../api/error-text.ts'
import { loadMe } from '../api/me.ts'
import { useRequest } from '../api/use-request.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Field, Select } from '../ui/field.tsx'
import { SearchInput } from '../ui/search-input.tsx'
import { Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { UserRow } from './user-row.tsx'

const pageSize = 20

/** Everybody with an account: who waits to be let in first. */
export default function UsersPage() {
  const [search, setSearch] = useState('')
  const [status, setStatus] = useState<AccountState | ''>('')
  const [page, setPage] = useState(1)
  const wanted = useDeferredValue(search.trim())
  const { state, reload, replace } = useRequest(`${wanted}/${status}/${page}`, (signal) =>
    call(listUsers, {
      query: {
        page,
        pageSize,
        ...(wanted && { search: wanted }),
        ...(status && { status }),
      },
      signal,
    }),
  )

  function put(user: User) {
    replace((reply) => ({
      ...reply,
      items: reply.items.map((other) => (other.id === user.id ? user : other)),
    }))
    // The number of those who wait is part of what is known about oneself.
    loadMe().catch(() => {})
  }

  const users = state.type === 'ready' ? state.reply : null
  return (
    <Section title={t('settings.users')} hint={t('users.hint')}>
      <div className="flex flex-wrap gap-3">
        <SearchInput
          label={t('users.search')}
          value={search}
          className="min-w-48 flex-1"
          onChange={(typed) => {
            setSearch(typed)
            setPage(1)
          }}
        />
        <Field label={t('users.state')} hideLabel className="w-44">
          <Select
            value={status}
            onChange={({ target }) => {
              setStatus(target.value as AccountState | '')
              setPage(1)
            }}
          >
            <option value="">{t('users.all')}</option>
            {AccountState.options.map((option) => (
              <option key={option} value={option}>
                {t(`users.state.${option}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Card>
        {state.type === 'loading' && <Waiting />}
        {state.type === 'failed' && (
          <ErrorState
            title={t('error.title')}
            detail={errorText(state.error)}
            action={<Button onClick={reload}>{t('common.retry')}</Button>}
          />
        )}
        {users?.items.length === 0 && (
          <EmptyState
            icon={<UserSearch aria-hidden className="size-5" />}
            title={t('users.none')}
          />
        )}
        {users?.items.map((user) => (
          <UserRow key={user.id} user={user} onChange={put} />
        ))}
      </Card>
      {users && users.total > pageSize && (
        <Pages page={page} count={Math.ceil(users.total / pageSize)} onPage={setPage} />
      )}
    </Section>
  )
}

interface PagesProps {
  page: number
  count: number
  onPage: (page: number) => void
}

function Pages({ page, count, onPage }: PagesProps) {
  return (
    <nav aria-label={t('users.pages')} className="flex items-center justify-between gap-3">
      <Button size="small" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        {t('users.previous')}
      </Button>
      <span aria-live="polite" className="text-sm text-muted">
        {t('users.page', { page, count })}
      </span>
      <Button size="small" disabled={page >= count} onClick={() => onPage(page + 1)}>
        {t('users.next')}
      </Button>
    </nav>
  )
}

function Waiting() {
  return (
    <div role="status" aria-label={t('common.loading')} className="divide-y divide-line">
      {[1, 2, 3, 4].map((row) => (
        <div key={row} className="flex items-center gap-4 px-5 py-4">
          <Skeleton className="size-8 rounded-full" />
          <Skeleton className="h-5 w-40" />
        </div>
      ))}
    </div>
  )
}
