import {
  Suspense,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react'
import { later } from './later.ts'

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
  /** `MenuItem`, `MenuChoice`, `MenuLabel`, `MenuSeparator`; mounted only while open. A lazy one opens once it is there. */
  children: ReactNode
}

const MenuPanel = later(async () => (await import('./menu-panel.tsx')).MenuPanel)

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
        <Suspense>
          <MenuPanel
            {...{ id, align, side, className, triggerRef }}
            focusAt={opened}
            onClose={close}
            onLeave={() => setOpened(null)}
          >
            {children}
          </MenuPanel>
        </Suspense>
      )}
    </>
  )
}
