import { useState } from 'react'
import { Button } from './button.tsx'
import type { ConfirmDialogProps } from './confirm-dialog.tsx'
import { Dialog } from './dialog.tsx'

/** What `ConfirmDialog` shows while it is open. */
export function ConfirmPanel(props: ConfirmDialogProps) {
  const { title, children, confirmLabel, cancelLabel, danger = false } = props
  const [busy, setBusy] = useState(false)

  async function confirm() {
    setBusy(true)
    try {
      await props.onConfirm()
      props.onClose()
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      title={title}
      width="small"
      onClose={props.onClose}
      footer={
        <>
          <Button data-autofocus onClick={props.onClose}>
            {cancelLabel}
          </Button>
          <Button variant={danger ? 'danger' : 'primary'} loading={busy} onClick={confirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="text-sm leading-6 text-muted">{children}</div>
    </Dialog>
  )
}
