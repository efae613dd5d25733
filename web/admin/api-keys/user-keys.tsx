import { useState } from 'react'
import type { User } from '#contract/accounts.ts'
import { listUserApiKeys, type ApiKey } from '#contract/api-keys.ts'
import { call } from '../../api/call.ts'
import { errorText } from '../../api/error-text.ts'
import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { usePages } from '../use-pages.ts'
import { KeyRow } from './key-row.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'

interface UserKeysProps {
  user: User
  /** What is known of the account is out of date. */
  onChange: () => void
}

/** The keys of one account, which has some. */
export function UserKeys({ user, onChange }: UserKeysProps) {
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const [revoked, setRevoked] = useState<readonly string[]>([])
  const pages = usePages(user.id, (cursor, signal) =>
    call(listUserApiKeys, {
      params: { id: user.id },
      query: cursor === undefined ? {} : { cursor },
      signal,
    }),
  )
  const { error, isLoading, hasMore, loadMore } = pages
  const items = pages.items.filter(({ id }) => !revoked.includes(id))
  return (
    <section className="flex flex-col gap-3">
      <h3 className="text-sm font-semibold">{t('settings.api-keys')}</h3>
      <ul className="divide-y divide-line rounded-card border border-line empty:hidden">
        {items.map((key) => (
          <KeyRow key={key.id} apiKey={key} onRevoke={() => setRevoking(key)} />
        ))}
      </ul>
      {error !== null && (
        <ErrorState
          title={t('error.title')}
          detail={errorText(error)}
          action={<Button onClick={loadMore}>{t('common.retry')}</Button>}
        />
      )}
      {hasMore && error === null && (
        <Button loading={isLoading} onClick={loadMore}>
          {t('apiKeys.more')}
        </Button>
      )}
      {revoking && (
        <RevokeDialog
          apiKey={revoking}
          owner={user}
          onRevoked={() => {
            setRevoked([...revoked, revoking.id])
            onChange()
          }}
          onClose={() => setRevoking(null)}
        />
      )}
    </section>
  )
}
