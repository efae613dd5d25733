import { Check } from 'lucide-react'
import { classNames } from './class-names.ts'

interface CheckboxProps {
  label: string
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean
  checked: boolean
  onChange: (checked: boolean) => void
  className?: string
}

export function Checkbox({ label, hideLabel, checked, onChange, className }: CheckboxProps) {
  return (
    <label
      className={classNames(
        'inline-flex cursor-pointer items-center gap-2.5 text-sm text-ink pointer-coarse:min-h-11',
        className,
      )}
    >
      <span className="relative size-4.5 shrink-0">
        <input
          type="checkbox"
          checked={checked}
          onChange={(event) => onChange(event.target.checked)}
          className="peer size-full cursor-pointer appearance-none rounded-[5px] border border-line-strong bg-surface ring-focus checked:border-accent checked:bg-accent"
        />
        <Check
          aria-hidden
          strokeWidth={3}
          className="pointer-events-none absolute inset-0.5 size-3.5 text-on-accent opacity-0 peer-checked:opacity-100"
        />
      </span>
      <span className={hideLabel ? 'sr-only' : ''}>{label}</span>
    </label>
  )
}
