import {
  createContext,
  use,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react'
import { Check } from 'lucide-react'
import { classNames } from './class-names.ts'
import { anchorTo } from './anchor.ts'
import { moveInMenu } from './menu-keys.ts'

/** What the element that opens a menu must be given. */
export interface MenuTriggerProps {
  ref: RefObject<HTMLButtonElement | null>
  id: string
  'aria-haspopup': 'menu'
  'aria-expanded': boolean
  'aria-controls': string | undefined
  onClick: () => void
  onKeyDown: (event: KeyboardEvent) => void
}

export interface MenuProps {
  /** Renders the button: `trigger={(props) => <IconButton label="More" icon={…} {...props} />}`. */
  trigger: (props: MenuTriggerProps) => ReactNode
  align?: 'start' | 'end'
  side?: 'bottom' | 'top'
  className?: string
  /** `MenuItem`, `MenuChoice`, `MenuLabel`, `MenuSeparator`; mounted only while open. */
  children: ReactNode
}

const CloseContext = createContext<() => void>(() => {})

/** A button with a drop-down menu, by the ARIA menu button pattern. */
export function Menu({
  trigger,
  align = 'start',
  side = 'bottom',
  className,
  children,
}: MenuProps) {
  const [opened, setOpened] = useState<'first' | 'last' | null>(null)
  const triggerRef = useRef<HTMLButtonElement>(null)
  const id = useId()

  function close() {
    setOpened(null)
    triggerRef.current?.focus()
  }
  function onTriggerKeyDown(event: KeyboardEvent) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    setOpened(event.key === 'ArrowDown' ? 'first' : 'last')
  }

  return (
    <>
      {trigger({
        ref: triggerRef,
        id: `${id}-trigger`,
        'aria-haspopup': 'menu',
        'aria-expanded': opened !== null,
        'aria-controls': opened ? id : undefined,
        onClick: () => setOpened(opened ? null : 'first'),
        onKeyDown: onTriggerKeyDown,
      })}
      {opened && (
        <CloseContext value={close}>
          <MenuPanel
            {...{ id, align, side, className, triggerRef }}
            focusAt={opened}
            onClose={close}
            onLeave={() => setOpened(null)}
          >
            {children}
          </MenuPanel>
        </CloseContext>
      )}
    </>
  )
}

interface MenuPanelProps {
  id: string
  align: 'start' | 'end'
  side: 'bottom' | 'top'
  className: string | undefined
  triggerRef: RefObject<HTMLButtonElement | null>
  focusAt: 'first' | 'last'
  onClose: () => void
  /** Closed by going elsewhere, so focus must not be pulled back. */
  onLeave: () => void
  children: ReactNode
}

function MenuPanel(props: MenuPanelProps) {
  const { id, align, side, className, triggerRef, focusAt, onClose, onLeave, children } = props
  const ref = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const panel = ref.current
    const button = triggerRef.current
    if (!panel || !button) return
    // The top layer keeps it above dialogs and outside of every clipping ancestor.
    panel.showPopover()
    anchorTo(panel, button.getBoundingClientRect(), { align, side })
    moveInMenu(panel, focusAt)
    function onOutside(event: Event) {
      const target = event.target as Node
      if (!panel?.contains(target) && !button?.contains(target)) onLeave()
    }
    const stop = new AbortController()
    document.addEventListener('pointerdown', onOutside, { capture: true, signal: stop.signal })
    window.addEventListener('resize', onLeave, { signal: stop.signal })
    document.addEventListener('scroll', onOutside, { capture: true, signal: stop.signal })
    return () => stop.abort()
    // Opening is one act: what it depends on cannot change while it is open.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    event.stopPropagation()
    if (event.key === 'Tab') return onLeave()
    if (event.key === 'Escape') {
      event.preventDefault()
      return onClose()
    }
    if (moveInMenu(event.currentTarget, event.key)) event.preventDefault()
  }

  return (
    <div
      ref={ref}
      id={id}
      role="menu"
      popover="manual"
      tabIndex={-1}
      aria-labelledby={`${id}-trigger`}
      onKeyDown={onKeyDown}
      // A menu may stand inside a row or a link that has its own idea of a click.
      onClick={(event) => event.stopPropagation()}
      className={classNames(
        'fixed inset-auto m-0 min-w-52 max-w-80 overflow-y-auto rounded-card border border-line',
        'bg-raised p-1 text-ink shadow-float outline-none animate-float',
        className,
      )}
    >
      {children}
    </div>
  )
}

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
  const close = use(CloseContext)
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
  const close = use(CloseContext)
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
