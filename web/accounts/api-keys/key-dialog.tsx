import { useState, type FormEvent } from 'react'
import { createApiKey, updateApiKey, type ApiKey, type NewApiKey } from '#contract/api-keys.ts'
import { call } from '../../api/call.ts'
import { errorText } from '../../api/error-text.ts'
import { Refused } from '../../api/refused.ts'
import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { changesIn, draftOf, newDraft, unfitIn, type KeyDraft } from './key-draft.ts'
import { KeyFields } from './key-fields.tsx'

interface KeyDialogProps {
  /** Null makes a new one. */
  apiKey: ApiKey | null
  onMade: (key: NewApiKey) => void
  onSaved: (key: ApiKey) => void
  onClose: () => void
}

/** Makes a key, or changes one. */
export function KeyDialog({ apiKey, onMade, onSaved, onClose }: KeyDialogProps) {
  const [draft, setDraft] = useState(() => (apiKey ? draftOf(apiKey) : newDraft()))
  // What is wrong is said once somebody wants to go on, and not while they are filling it in.
  const [isTried, setIsTried] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const change = (part: Partial<KeyDraft>) => setDraft((last) => ({ ...last, ...part }))

  async function submit(event: FormEvent) {
    event.preventDefault()
    setIsTried(true)
    const now = Date.now()
    if (busy || unfitIn(draft, now).size > 0) return
    setBusy(true)
    setError(null)
    try {
      const body = changesIn(draft, now)
      if (apiKey) onSaved(await call(updateApiKey, { params: { id: apiKey.id }, body }))
      else {
        const { expiresAt = null } = body
        const scopes = [...draft.scopes]
        onMade(await call(createApiKey, { body: { ...body, expiresAt, scopes } }))
      }
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      title={apiKey ? t('apiKeys.editTitle', { name: apiKey.name }) : t('apiKeys.newTitle')}
      closeLabel={t('common.close')}
      onClose={onClose}
      notice={error !== null && <Notice tone="danger">{refusalText(error)}</Notice>}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" form="key-form" variant="primary" loading={busy}>
            {t(apiKey ? 'common.save' : 'apiKeys.create')}
          </Button>
        </>
      }
    >
      <form id="key-form" noValidate onSubmit={submit}>
        <KeyFields
          draft={draft}
          apiKey={apiKey}
          unfit={isTried ? unfitIn(draft) : new Set()}
          onChange={change}
        />
      </form>
    </Dialog>
  )
}

function refusalText(error: unknown): string {
  const problem = error instanceof Refused ? error.problem : null
  return problem?.code === 'conflict' && typeof problem.max === 'number'
    ? t('apiKeys.full', { n: problem.max })
    : errorText(error)
}
