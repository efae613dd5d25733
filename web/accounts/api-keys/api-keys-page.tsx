import { useState } from 'react'
import { SquareTerminal, Plus } from 'lucide-react'
import { listApiKeys, revokeApiKey, type ApiKey, type NewApiKey } from '#contract/api-keys.ts'
import { call } from '../../api/call.ts'
import { errorText } from '../../api/error-text.ts'
import { listAll } from '../../api/list-all.ts'
import { useSettings } from '../../api/settings.ts'
import { useRequest } from '../../api/use-request.ts'
import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toast.ts'
import { KeyDialog } from './key-dialog.tsx'
import { KeyExamples } from './key-examples.tsx'
import { KeyRow } from './key-row.tsx'
import { MadeDialog } from './made-dialog.tsx'

/** One's own keys, and how they are used. */
export default function ApiKeysPage() {
  const { state, reload, replace } = useRequest('api-keys', (signal) =>
    listAll((query) => call(listApiKeys, { query, signal })),
  )
  const settings = useSettings()
  const [editing, setEditing] = useState<ApiKey | 'new' | null>(null)
  const [made, setMade] = useState<NewApiKey | null>(null)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const keys = state.type === 'ready' ? state.reply : []
  const max = settings['api.keysPerUserMax']
  const isFull = max !== undefined && keys.length >= max

  async function revoke({ id, name }: ApiKey) {
    try {
      await call(revokeApiKey, { params: { id } })
      toast(t('apiKeys.revoked', { name }), { tone: 'success' })
      replace((known) => known.filter((other) => other.id !== id))
    } catch (error) {
      toast(errorText(error), { tone: 'danger' })
      reload()
    }
  }

  const add = (
    <Button
      variant="primary"
      icon={<Plus aria-hidden className="size-4" />}
      disabled={isFull}
      onClick={() => setEditing('new')}
    >
      {t('apiKeys.new')}
    </Button>
  )
  return (
    <>
      <Section
        title={t('settings.api-keys')}
        hint={t('apiKeys.hint')}
        action={keys.length > 0 && add}
      >
        {settings['api.enabled'] === false && <Notice tone="warning">{t('apiKeys.off')}</Notice>}
        {isFull && <Notice>{t('apiKeys.full', { n: keys.length })}</Notice>}
        <Card>
          {state.type === 'loading' && <Waiting />}
          {state.type === 'failed' && (
            <ErrorState
              title={t('error.title')}
              detail={errorText(state.error)}
              action={<Button onClick={reload}>{t('common.retry')}</Button>}
            />
          )}
          {state.type === 'ready' && keys.length === 0 && (
            <EmptyState
              icon={<SquareTerminal aria-hidden className="size-5" />}
              title={t('apiKeys.emptyTitle')}
              action={add}
            >
              {t('apiKeys.empty')}
            </EmptyState>
          )}
          {keys.map((key) => (
            <KeyRow
              key={key.id}
              apiKey={key}
              onEdit={() => setEditing(key)}
              onRevoke={() => setRevoking(key)}
            />
          ))}
        </Card>
      </Section>
      <KeyExamples />
      {editing && (
        <KeyDialog
          apiKey={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onMade={(key) => {
            const { secret: _, ...kept } = key
            replace((known) => [kept, ...known])
            setEditing(null)
            setMade(key)
          }}
          onSaved={(key) => {
            replace((known) => known.map((other) => (other.id === key.id ? key : other)))
            setEditing(null)
            toast(t('apiKeys.saved', { name: key.name }), { tone: 'success' })
          }}
        />
      )}
      {made && <MadeDialog made={made} onClose={() => setMade(null)} />}
      <ConfirmDialog
        open={revoking !== null}
        danger
        title={t('apiKeys.revokeTitle', { name: revoking?.name ?? '' })}
        confirmLabel={t('apiKeys.revoke')}
        cancelLabel={t('common.cancel')}
        onClose={() => setRevoking(null)}
        onConfirm={() => (revoking ? revoke(revoking) : undefined)}
      >
        {t('apiKeys.revokeText')}
      </ConfirmDialog>
    </>
  )
}

function Waiting() {
  return (
    <div role="status" aria-label={t('common.loading')} className="px-5 py-4">
      <Skeleton className="mb-2 h-5 w-40" />
      <Skeleton className="h-4 w-72 max-w-full" />
    </div>
  )
}
