import { useState, type FormEvent, type ReactNode } from 'react'
import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { accountErrorText } from './account-problem.ts'

interface FormDialogProps {
  title: string
  submitLabel: string
  danger?: boolean
  /** Nothing can be sent as it stands. */
  disabled?: boolean
  /** Rejects with the refusal, which is then shown; the dialog stays. */
  onSubmit: () => Promise<void>
  onClose: () => void
  children: ReactNode
}

/** Asks for what a decision needs, and says in words why it was refused. */
export function FormDialog(props: FormDialogProps) {
  const { title, submitLabel, danger = false, disabled = false, onSubmit, onClose } = props
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy || disabled) return
    setBusy(true)
    setError(null)
    try {
      await onSubmit()
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      width="small"
      title={title}
      closeLabel={t('common.close')}
      onClose={onClose}
      notice={error !== null && <Notice tone="danger">{accountErrorText(error)}</Notice>}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            form="account-form"
            variant={danger ? 'danger' : 'primary'}
            disabled={disabled}
            loading={busy}
          >
            {submitLabel}
          </Button>
        </>
      }
    >
      <form id="account-form" noValidate onSubmit={submit} className="flex flex-col gap-5">
        {props.children}
      </form>
    </Dialog>
  )
}
