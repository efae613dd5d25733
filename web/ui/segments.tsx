import { useId, type ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface SegmentsProps<Value extends string> {
  label: string
  value: Value
  options: readonly { value: Value; label: string; icon?: ReactNode }[]
  onChange: (value: Value) => void
  describedBy?: string | undefined
  className?: string
}

/** A choice of few, all in view: radio buttons side by side. */
export function Segments<Value extends string>({
  label,
  value,
  options,
  onChange,
  describedBy,
  className,
}: SegmentsProps<Value>) {
  const name = useId()
  return (
    <fieldset
      aria-describedby={describedBy}
      className={classNames('flex rounded-control bg-hover p-0.5', className)}
    >
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={classNames(
            'flex h-8 flex-1 cursor-pointer items-center justify-center gap-1.5 rounded-md px-3 text-sm',
            'whitespace-nowrap pointer-coarse:h-10 [&_svg]:size-4',
            'has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-1',
            'has-[:focus-visible]:outline-focus',
            option.value === value
              ? 'bg-surface font-medium text-ink shadow-soft dark:bg-pressed'
              : 'text-muted hover:text-ink',
          )}
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.icon}
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
