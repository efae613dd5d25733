import type { ReactNode } from 'react'

interface SectionProps {
  /** What an address can name it by. */
  id?: string
  title: string
  hint?: ReactNode
  /** Stands at the end of the heading's line. */
  action?: ReactNode
  children: ReactNode
}

/** A titled part of a page. */
export function Section({ id, title, hint, action, children }: SectionProps) {
  return (
    <section id={id} className="flex scroll-mt-4 flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="text-base font-semibold leading-6">{title}</h2>
          {hint && <p className="text-sm text-muted">{hint}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}
