import { useState, type FormEvent } from 'react'
import {
  createConnection,
  updateConnection,
  verifyConnection,
  verifyStoredConnection,
  type Connection,
  type Verification,
} from '#contract/connections.ts'
import { call } from '../api/call.ts'
import { errorText } from '../api/error-text.ts'
import { Refused } from '../api/refused.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { refusedAddressText } from './address-text.ts'
import {
  connectionErrors,
  createOf,
  draftOf,
  emptyDraft,
  patchOf,
  type ConnectionDraft,
} from './connection-draft.ts'
import { ConnectionFields } from './connection-fields.tsx'
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
  const { connection, orderOfNew, onSaved, onClose } = props
  const [draft, setDraft] = useState(connection ? draftOf(connection) : emptyDraft)
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
    attempt('verify', async () => setVerification(await verifyDraft(draft, connection)))
  function save(event: FormEvent) {
    event.preventDefault()
    void attempt('save', async () => onSaved(await saveDraft(draft, connection, orderOfNew)))
  }

  const problem = error instanceof Refused ? error.problem : null
  const errors = problem ? connectionErrors(problem) : {}
  if (problem?.code === 'address_refused') errors.baseUrl = refusedAddressText(problem)
  const isElsewhere = error !== null && Object.keys(errors).length === 0
  const isEmpty = draft.baseUrl.trim() === ''
  return (
    <Dialog
      open
      title={connection ? t('connections.editTitle') : t('connections.addTitle')}
      closeLabel={t('common.close')}
      onClose={onClose}
      notice={
        verification ? (
          <VerificationNotice verification={verification} />
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
        <ConnectionFields draft={draft} stored={connection} errors={errors} onChange={change} />
      </form>
    </Dialog>
  )
}

function verifyDraft(draft: ConnectionDraft, stored: Connection | null): Promise<Verification> {
  return stored
    ? call(verifyStoredConnection, { params: { id: stored.id }, body: patchOf(draft, stored) })
    : call(verifyConnection, { body: createOf(draft) })
}

function saveDraft(
  draft: ConnectionDraft,
  stored: Connection | null,
  orderOfNew: number,
): Promise<Connection> {
  return stored
    ? call(updateConnection, { params: { id: stored.id }, body: patchOf(draft, stored) })
    : call(createConnection, { body: { ...createOf(draft), order: orderOfNew } })
}
