import type { ReactNode } from 'react'

/** Facts in pairs: what it is, and what it comes to. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="flex flex-col gap-2.5">{children}</dl>
}

interface FactProps {
  label: string
  /** Where the value comes from, in words. */
  source?: string
  children: ReactNode
}

export function Fact({ label, source, children }: FactProps) {
  return (
    <div className="flex items-baseline justify-between gap-3 text-sm">
      <dt className="shrink-0 text-muted">{label}</dt>
      <dd className="min-w-0 text-right [overflow-wrap:anywhere]">
        {children}
        {source && <span className="block text-xs text-muted">{source}</span>}
      </dd>
    </div>
  )
}
