import { useId } from 'react'
import { classNames } from './class-names.ts'

interface MeterProps {
  /** Says it in words, with both numbers. */
  label: string
  value: number
  /** Null where nothing limits it: then there is only the label. */
  max: number | null
}

/** How much of something is used up. */
export function Meter({ label, value, max }: MeterProps) {
  const id = useId()
  const share = max === null ? 0 : max === 0 ? 1 : Math.min(1, value / max)
  return (
    <div className="flex flex-col gap-1.5">
      <p id={id} className="text-sm">
        {label}
      </p>
      {max !== null && (
        <div
          role="meter"
          aria-labelledby={id}
          aria-valuenow={Math.min(value, max)}
          aria-valuemin={0}
          aria-valuemax={max}
          className="h-1.5 overflow-hidden rounded-full bg-pressed"
        >
          <div
            className={classNames('h-full rounded-full', share >= 1 ? 'bg-danger' : 'bg-accent')}
            style={{ width: `${share * 100}%` }}
          />
        </div>
      )}
    </div>
  )
}
