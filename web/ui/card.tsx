import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface CardProps {
  className?: string
  children: ReactNode
}

/** A bordered group of rows, each divided from the next. */
export function Card({ className, children }: CardProps) {
  return (
    <div
      className={classNames(
        'divide-y divide-line rounded-card border border-line bg-surface shadow-soft dark:bg-raised/40',
        className,
      )}
    >
      {children}
    </div>
  )
}

/** A row somebody was led to stands out for a moment. */
const marked = 'scroll-my-20 transition-colors duration-500 data-revealed:bg-accent-soft'

interface CardRowProps {
  /** What an address can name it by. */
  id?: string
  label: string
  hint?: ReactNode
  /** Stands at the end of the row, below the text where there is no room beside it. */
  children: ReactNode
}

/** What something is called on the left, and the control for it on the right. */
export function CardRow({ id, label, hint, children }: CardRowProps) {
  return (
    <div
      id={id}
      className={`flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-5 py-4 ${marked}`}
    >
      <div className="min-w-40 flex-1 basis-48">
        <div className="text-sm font-medium text-ink">{label}</div>
        {hint && <div className="mt-0.5 text-sm text-muted">{hint}</div>}
      </div>
      {children}
    </div>
  )
}

/** A switch with its own label, as a row. */
export function SwitchRow({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div id={id} className={`px-5 py-4 ${marked}`}>
      {children}
    </div>
  )
}
