import { useState, type FormEvent } from 'react'
import {
  createConnection,
  listProviders,
  updateConnection,
  verifyConnection,
  verifyStoredConnection,
  type Connection,
  type ProviderInfo,
  type Verification,
} from '#contract/connections.ts'
import { call } from '../api/call.ts'
import { errorText } from '../api/error-text.ts'
import { Refused } from '../api/refused.ts'
import { useRequest } from '../api/use-request.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { refusedAddressText } from './address-text.ts'
import {
  connectionErrors,
  createOf,
  draftOf,
  emptyDraft,
  isNumCtxUnfit,
  numCtxBounds,
  patchOf,
  withProvider,
  type ConnectionDraft,
} from './connection-draft.ts'
import { ConnectionFields } from './connection-fields.tsx'
import { ProviderCards, ProviderSelect } from './provider-choice.tsx'
import { VerificationNotice } from './verification-notice.tsx'

interface ConnectionDialogProps {
  /** Null for a new one. */
  connection: Connection | null
  /** Where a new one will stand in the list. */
  orderOfNew: number
  onSaved: (connection: Connection) => void
  onClose: () => void
}

/** A connection to fill in or change, to try before it is kept, and to save. */
export function ConnectionDialog(props: ConnectionDialogProps) {
  const { state } = useRequest('providers', (signal) => call(listProviders, { signal }))
  if (state.type === 'ready') return <ConnectionForm {...props} providers={state.reply.items} />
  return (
    <Dialog open title={titleFor(props)} closeLabel={t('common.close')} onClose={props.onClose}>
      {state.type === 'failed' ? (
        <Notice tone="danger">{errorText(state.error)}</Notice>
      ) : (
        <div className="flex justify-center py-10 text-muted">
          <Spinner label={t('common.loading')} className="size-5" />
        </div>
      )}
    </Dialog>
  )
}

function titleFor({ connection }: ConnectionDialogProps): string {
  return connection ? t('connections.editTitle') : t('connections.addTitle')
}

interface ConnectionFormProps extends ConnectionDialogProps {
  providers: readonly ProviderInfo[]
}

function ConnectionForm(props: ConnectionFormProps) {
  const { connection, providers, onSaved, onClose } = props
  const [draft, setDraft] = useState(() => (connection ? draftOf(connection) : newDraft(providers)))
  const provider = providers.find(({ id }) => id === draft.provider) ?? plain(draft.provider)
  const isUnfit = isNumCtxUnfit(draft, provider)
  const [error, setError] = useState<unknown>(null)
  const [verification, setVerification] = useState<Verification | null>(null)
  const [busy, setBusy] = useState<'verify' | 'save' | null>(null)

  function change(next: Partial<ConnectionDraft>) {
    setDraft({ ...draft, ...next })
    setError(null)
    setVerification(null)
  }

  async function attempt(what: 'verify' | 'save', act: () => Promise<void>) {
    setBusy(what)
    setError(null)
    setVerification(null)
    try {
      await act()
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(null)
    }
  }
  const verify = () =>
    attempt('verify', async () => setVerification(await verifyDraft(draft, connection, provider)))
  function save(event: FormEvent) {
    event.preventDefault()
    if (isUnfit) return
    void attempt('save', async () => onSaved(await saveDraft(draft, props, provider)))
  }

  const problem = error instanceof Refused ? error.problem : null
  const errors = problem ? connectionErrors(problem) : {}
  if (problem?.code === 'address_refused') errors.baseUrl = refusedAddressText(problem)
  if (isUnfit) errors.numCtx = t('connect.numCtxUnfit', numCtxBounds)
  const isElsewhere = error !== null && Object.keys(errors).length === 0
  const isEmpty = draft.baseUrl.trim() === '' || isUnfit
  const Kinds = connection ? ProviderSelect : ProviderCards
  return (
    <Dialog
      open
      title={titleFor(props)}
      closeLabel={t('common.close')}
      onClose={onClose}
      notice={
        verification ? (
          <VerificationNotice
            verification={verification}
            onTakeAddress={(baseUrl) => change({ baseUrl })}
          />
        ) : (
          isElsewhere && <Notice tone="danger">{errorText(error)}</Notice>
        )
      }
      footer={
        <>
          <Button
            className="mr-auto"
            disabled={isEmpty}
            loading={busy === 'verify'}
            onClick={verify}
          >
            {t('connections.verify')}
          </Button>
          <Button variant="ghost" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            form="connection-form"
            variant="primary"
            disabled={isEmpty}
            loading={busy === 'save'}
          >
            {t('common.save')}
          </Button>
        </>
      }
    >
      <form id="connection-form" noValidate onSubmit={save} className="flex flex-col gap-5">
        <Kinds
          providers={providers}
          value={draft.provider}
          onChange={(next) => change(withProvider(draft, next, providers))}
        />
        <ConnectionFields
          draft={draft}
          provider={provider}
          stored={connection}
          errors={errors}
          onChange={change}
        />
      </form>
    </Dialog>
  )
}

/** A form begins with the first kind there is and what is usual for it. */
function newDraft(providers: readonly ProviderInfo[]): ConnectionDraft {
  const [first] = providers
  return first ? withProvider(emptyDraft, first, providers) : emptyDraft
}

/** A kind this installation does not know any more. */
function plain(id: string): ProviderInfo {
  return { id, label: id, fields: ['modelIds'], baseUrlDefault: null, authDefault: 'key' }
}

function verifyDraft(
  draft: ConnectionDraft,
  stored: Connection | null,
  provider: ProviderInfo,
): Promise<Verification> {
  if (!stored) return call(verifyConnection, { body: createOf(draft, provider) })
  const body = patchOf(draft, stored, provider)
  return call(verifyStoredConnection, { params: { id: stored.id }, body })
}

function saveDraft(
  draft: ConnectionDraft,
  { connection: stored, orderOfNew }: ConnectionDialogProps,
  provider: ProviderInfo,
): Promise<Connection> {
  if (!stored) {
    return call(createConnection, { body: { ...createOf(draft, provider), order: orderOfNew } })
  }
  const body = patchOf(draft, stored, provider)
  return call(updateConnection, { params: { id: stored.id }, body })
}
