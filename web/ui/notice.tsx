import type { ReactNode } from 'react'
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import { classNames } from './class-names.ts'

const tones = {
  neutral: { icon: Info, className: 'bg-hover text-ink', iconClass: 'text-muted' },
  success: { icon: CircleCheck, className: 'bg-success-soft text-ink', iconClass: 'text-success' },
  warning: {
    icon: TriangleAlert,
    className: 'bg-warning-soft text-ink',
    iconClass: 'text-warning',
  },
  danger: { icon: CircleAlert, className: 'bg-danger-soft text-ink', iconClass: 'text-danger' },
}

interface NoticeProps {
  tone?: keyof typeof tones
  className?: string
  children: ReactNode
}

/** Something to know, in the flow of the page. Faults are announced at once, the rest in turn. */
export function Notice({ tone = 'neutral', className, children }: NoticeProps) {
  const { icon: Icon, className: colours, iconClass } = tones[tone]
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={classNames(
        'flex gap-3 rounded-control px-3.5 py-3 text-sm leading-5',
        colours,
        className,
      )}
    >
      <Icon aria-hidden className={classNames('mt-px size-4.5 shrink-0', iconClass)} />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">{children}</div>
    </div>
  )
}
