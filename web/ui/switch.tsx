import { useId, type ReactNode } from 'react'
import { classNames } from './class-names.ts'

export interface SwitchProps {
  label: string
  hint?: ReactNode
  checked: boolean
  disabled?: boolean
  onChange(checked: boolean): void
}

/** A setting that is on or off and takes effect at once. */
export function Switch({ label, hint, checked, disabled = false, onChange }: SwitchProps) {
  const id = useId()
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <label htmlFor={id} className="block text-sm font-medium leading-6 text-ink">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-muted">
            {hint}
          </p>
        )}
      </div>
      <SwitchButton
        id={id}
        describedBy={hint ? `${id}-hint` : undefined}
        checked={checked}
        disabled={disabled}
        onChange={onChange}
      />
    </div>
  )
}

interface SwitchButtonProps extends Pick<SwitchProps, 'checked' | 'disabled' | 'onChange'> {
  id: string
  describedBy: string | undefined
}

/** The switch alone; its label stands elsewhere. */
export function SwitchButton({ id, describedBy, checked, disabled, onChange }: SwitchButtonProps) {
  return (
    <button
      id={id}
      type="button"
      role="switch"
      aria-checked={checked}
      aria-describedby={describedBy}
      disabled={disabled}
      onClick={() => onChange(!checked)}
      className={classNames(
        'relative h-6 w-10 shrink-0 rounded-full ring-focus transition-colors disabled:opacity-50',
        // The hit area is a finger wide without making the switch look that big.
        'before:absolute before:-inset-2.5',
        checked ? 'bg-accent' : 'bg-line-strong',
      )}
    >
      <span
        className={classNames(
          'absolute left-0.5 top-0.5 size-5 rounded-full bg-white shadow-soft transition-transform',
          checked && 'translate-x-4',
        )}
      />
    </button>
  )
}
