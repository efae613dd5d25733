import { useId, type ReactNode } from 'react'
import { X } from 'lucide-react'
import { classNames } from './class-names.ts'
import { IconButton } from './icon-button.tsx'
import { closing, useModal } from './modal.ts'

export interface DialogProps {
  open: boolean
  title: string
  /** Escape, the close button or a press outside. */
  onClose(): void
  /** Name of the close button; without one there is none. */
  closeLabel?: string
  width?: 'small' | 'medium' | 'large'
  /** What came of pressing a button of the footer; stands above it, in view however long the rest. */
  notice?: ReactNode
  footer?: ReactNode
  children: ReactNode
}

const widths = { small: 'max-w-md', medium: 'max-w-xl', large: 'max-w-3xl' }

/**
 * A modal dialog on the native element, which traps focus, hides the page behind from assistive
 * technology and gives focus back. `[data-autofocus]` inside receives focus, else the first control.
 */
export function Dialog(props: DialogProps) {
  return props.open ? <OpenDialog {...props} /> : null
}

function OpenDialog({
  title,
  onClose,
  closeLabel,
  width = 'medium',
  notice,
  footer,
  children,
}: DialogProps) {
  const titleId = useId()
  const ref = useModal()
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      {...closing(onClose)}
      className={classNames(
        'm-auto w-[calc(100%-2rem)] rounded-card bg-raised p-0 text-ink shadow-float animate-rise',
        'max-h-[calc(100dvh-2rem)] open:flex flex-col overflow-hidden',
        widths[width],
      )}
    >
      <header className="flex items-center justify-between gap-4 px-6 pt-5 pb-1">
        <h2 id={titleId} className="text-lg font-semibold">
          {title}
        </h2>
        {closeLabel && (
          <IconButton
            label={closeLabel}
            onClick={onClose}
            icon={<X className="size-4.5" />}
            className="-mr-2"
          />
        )}
      </header>
      <div className="min-h-0 overflow-y-auto px-6 pb-6 pt-2">{children}</div>
      {notice && <div className="max-h-48 shrink-0 overflow-y-auto px-6 pb-4">{notice}</div>}
      {footer && (
        <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-6 py-4">
          {footer}
        </footer>
      )}
    </dialog>
  )
}
