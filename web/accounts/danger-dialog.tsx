import { useId, useState, type FormEvent, type ReactNode } from 'react'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

interface DangerDialogProps {
  title: string
  confirmLabel: string
  /** What has to be filled in is not filled in yet. */
  disabled: boolean
  /** What came of the last attempt. */
  notice?: ReactNode
  /** Does it. It keeps what goes wrong to itself: the dialog stays open until it closes it. */
  onConfirm: () => Promise<void>
  onClose: () => void
  children: ReactNode
}

/** Asks for something that cannot be taken back, with something to be filled in first. */
export function DangerDialog(props: DangerDialogProps) {
  const { title, confirmLabel, disabled, notice, onConfirm, onClose, children } = props
  const [busy, setBusy] = useState(false)
  const formId = useId()

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy || disabled) return
    setBusy(true)
    try {
      await onConfirm()
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      title={title}
      width="small"
      onClose={onClose}
      notice={notice}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form={formId} variant="danger" loading={busy} disabled={disabled}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-5">
        {children}
      </form>
    </Dialog>
  )
}
