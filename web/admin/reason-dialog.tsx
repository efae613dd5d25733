import { useState, type FormEvent } from 'react'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, TextArea } from '../ui/field.tsx'

interface ReasonDialogProps {
  title: string
  /** What the decision means for whoever it is about. */
  text: string
  confirmLabel: string
  onConfirm: (reason: string) => void
  onClose: () => void
}

/** Asks before a decision against somebody, with room to say why. */
export function ReasonDialog({ title, text, confirmLabel, onConfirm, onClose }: ReasonDialogProps) {
  const [reason, setReason] = useState('')
  function submit(event: FormEvent) {
    event.preventDefault()
    onConfirm(reason.trim())
  }
  return (
    <Dialog
      open
      width="small"
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" form="reason-form" variant="danger">
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form id="reason-form" onSubmit={submit} className="flex flex-col gap-4">
        <p className="text-sm text-muted">{text}</p>
        <Field label={t('users.reason')} hint={t('users.reasonHint')}>
          <TextArea
            rows={2}
            maxLength={200}
            data-autofocus
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </Field>
      </form>
    </Dialog>
  )
}
