import type { ReactNode } from 'react'
import { CircleAlert } from 'lucide-react'

interface ErrorStateProps {
  title: string
  detail?: ReactNode
  action?: ReactNode
}

/** Says what failed and offers a way on. */
export function ErrorState({ title, detail, action }: ErrorStateProps) {
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <div className="mb-2 flex size-12 items-center justify-center rounded-full bg-danger-soft text-danger">
        <CircleAlert aria-hidden className="size-6" />
      </div>
      <p className="font-medium text-ink">{title}</p>
      {detail && (
        <div className="max-w-sm text-sm text-muted [overflow-wrap:anywhere]">{detail}</div>
      )}
      {action && <div className="mt-3 flex gap-2">{action}</div>}
    </div>
  )
}
