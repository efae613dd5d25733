import { useId, useState, type ReactNode } from 'react'
import { ChevronRight } from 'lucide-react'
import { classNames } from './class-names.ts'

interface DisclosureProps {
  summary: ReactNode
  /** Controlled when given together with `onToggle`. */
  open?: boolean
  onToggle?: (open: boolean) => void
  defaultOpen?: boolean
  className?: string
  children: ReactNode
}

/** A button that shows or hides what follows it. Hidden content is not mounted. */
export function Disclosure({
  summary,
  open,
  onToggle,
  defaultOpen = false,
  className,
  children,
}: DisclosureProps) {
  const [own, setOwn] = useState(defaultOpen)
  const id = useId()
  const shown = open ?? own
  return (
    <div className={className}>
      <button
        type="button"
        aria-expanded={shown}
        aria-controls={id}
        onClick={() => {
          setOwn(!shown)
          onToggle?.(!shown)
        }}
        className="inline-flex items-center gap-1.5 rounded-md py-1 text-left text-sm text-muted ring-focus touch-target hover:text-ink"
      >
        <ChevronRight
          aria-hidden
          className={classNames('size-4 shrink-0 transition-transform', shown && 'rotate-90')}
        />
        {summary}
      </button>
      <div id={id}>{shown && children}</div>
    </div>
  )
}
