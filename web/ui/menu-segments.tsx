import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { tooltip } from './tooltip.tsx'

/** A row of a menu with a short choice in it: `MenuSegment`s side by side. */
export function MenuSegments({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-3 px-2.5 py-1">
      <span aria-hidden className="text-sm">
        {label}
      </span>
      <div role="group" aria-label={label} className="flex w-32 rounded-control bg-hover p-0.5">
        {children}
      </div>
    </div>
  )
}

interface MenuSegmentProps {
  label: string
  checked: boolean
  onSelect: () => void
  children: ReactNode
}

/** A short choice among few, side by side in a `MenuSegments`; the menu stays open. */
export function MenuSegment({ label, checked, onSelect, children }: MenuSegmentProps) {
  return (
    <button
      type="button"
      role="menuitemradio"
      aria-checked={checked}
      aria-label={label}
      tabIndex={-1}
      onClick={onSelect}
      {...tooltip(label)}
      className={classNames(
        'flex h-7 flex-1 items-center justify-center rounded-md text-xs font-medium ring-focus-inset',
        'pointer-coarse:h-9 [&_svg]:size-4',
        checked ? 'bg-raised text-ink shadow-soft dark:bg-pressed' : 'text-muted hover:text-ink',
      )}
    >
      {children}
    </button>
  )
}
