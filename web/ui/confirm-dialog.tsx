import { Suspense, type ReactNode } from 'react'
import { later } from './later.ts'

const ConfirmPanel = later(async () => (await import('./confirm-panel.tsx')).ConfirmPanel)

export interface ConfirmDialogProps {
  open: boolean
  title: string
  /** What will happen, in one or two sentences. */
  children: ReactNode
  confirmLabel: string
  cancelLabel: string
  danger?: boolean
  /** While its promise is pending the dialog stays and shows that it is busy. */
  onConfirm(): void | Promise<void>
  onClose(): void
}

/** Asks before something that cannot simply be taken back. Focus begins on the harmless answer. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    props.open && (
      <Suspense>
        <ConfirmPanel {...props} />
      </Suspense>
    )
  )
}
