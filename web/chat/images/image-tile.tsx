import type { ReactNode } from 'react'
import { X } from 'lucide-react'
import { t } from '../../text/i18n.ts'

interface ImageTileProps {
  name: string
  onRemove: () => void
  children: ReactNode
}

/** A small image of a message that is being written, which can be taken out again. */
export function ImageTile({ name, onRemove, children }: ImageTileProps) {
  return (
    <li className="relative size-20 shrink-0">
      {children}
      <button
        type="button"
        data-remove-image
        aria-label={t('images.remove', { name })}
        onClick={({ currentTarget }) => {
          passFocus(currentTarget)
          onRemove()
        }}
        className="absolute -right-2 -top-2 flex items-center justify-center rounded-full p-0 ring-focus pointer-coarse:-right-3.5 pointer-coarse:-top-3.5 touch-target"
      >
        <span className="flex size-6 items-center justify-center rounded-full border border-line bg-raised text-muted shadow-soft transition-colors hover:bg-sunken hover:text-ink">
          <X aria-hidden className="size-3.5" />
        </span>
      </button>
    </li>
  )
}

/** The button goes with its tile: the next one has the focus then, or the one before. */
function passFocus(button: HTMLElement) {
  const list = button.closest('ul')
  const buttons = Array.from(list?.querySelectorAll<HTMLElement>('[data-remove-image]') ?? [])
  const at = buttons.indexOf(button)
  const field = button.closest('form, [data-edit]')?.querySelector<HTMLElement>('textarea')
  const next = buttons[at + 1] ?? buttons[at - 1]
  if (next) next.focus()
  // On a touch screen it would bring the keyboard up.
  else if (matchMedia('(pointer: fine)').matches) field?.focus()
}
