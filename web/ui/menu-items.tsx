import { createContext, use, useId, type ReactNode } from 'react'
import { Check } from 'lucide-react'
import { classNames } from './class-names.ts'

/** Closes the menu an item stands in. */
export const CloseMenu = createContext<() => void>(() => {})

const itemClass =
  'flex w-full items-center gap-3 rounded-control px-2.5 py-1.5 text-left text-sm outline-none ' +
  'select-none hover:bg-hover focus:bg-hover aria-disabled:opacity-50 ' +
  'pointer-coarse:py-2.5 [&_svg]:size-4 [&_svg]:shrink-0'

export interface MenuItemProps {
  icon?: ReactNode
  /** The shortcut that does the same. */
  shortcut?: string | undefined
  danger?: boolean
  disabled?: boolean
  onSelect: () => void
  children: ReactNode
}

/** A command. Selecting it closes the menu, then acts. */
export function MenuItem({ icon, shortcut, danger, disabled, onSelect, children }: MenuItemProps) {
  const close = use(CloseMenu)
  function select() {
    if (disabled) return
    close()
    onSelect()
  }
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={disabled || undefined}
      onClick={select}
      className={classNames(itemClass, danger && 'text-danger')}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut && <kbd className="font-sans text-xs text-muted">{shortcut}</kbd>}
    </button>
  )
}

export interface MenuChoiceProps {
  icon?: ReactNode
  checked: boolean
  /** `one` of its group (default) or `many`, each on or off. */
  kind?: 'one' | 'many'
  onSelect: () => void
  children: ReactNode
}

/** A choice that shows whether it is taken. */
export function MenuChoice({ icon, checked, kind = 'one', onSelect, children }: MenuChoiceProps) {
  const close = use(CloseMenu)
  function select() {
    close()
    onSelect()
  }
  return (
    <button
      type="button"
      role={kind === 'one' ? 'menuitemradio' : 'menuitemcheckbox'}
      aria-checked={checked}
      tabIndex={-1}
      onClick={select}
      className={itemClass}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      <Check aria-hidden className={classNames('text-accent', !checked && 'invisible')} />
    </button>
  )
}

/** A group of choices under a heading. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  const id = useId()
  return (
    <div role="group" aria-labelledby={id}>
      <div id={id} className="px-2.5 pb-1 pt-2 text-xs font-medium text-muted">
        {label}
      </div>
      {children}
    </div>
  )
}

export function MenuSeparator() {
  return <div role="separator" className="mx-1.5 my-1 border-t border-line" />
}
