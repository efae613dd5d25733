import { createContext, use, useId, type ComponentProps, type ReactNode } from 'react'
import { ChevronDown } from 'lucide-react'
import { classNames } from './class-names.ts'

interface FieldIds {
  control: string
  description: string | undefined
  invalid: boolean
}
const FieldContext = createContext<FieldIds | null>(null)

export interface FieldProps {
  label: string
  hint?: ReactNode
  /** Why the value was refused; said at once to screen readers. */
  error?: string | null | undefined
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean
  className?: string
  children: ReactNode
}

/** A label, its control (any input of this file) and what there is to say about it. */
export function Field({ label, hint, error, hideLabel, className, children }: FieldProps) {
  const id = useId()
  const description = hint || error ? `${id}-about` : undefined
  return (
    <div className={classNames('flex flex-col gap-1.5', className)}>
      <label
        htmlFor={id}
        className={hideLabel ? 'sr-only' : 'text-sm font-medium leading-5 text-ink'}
      >
        {label}
      </label>
      <FieldContext value={{ control: id, description, invalid: Boolean(error) }}>
        {children}
      </FieldContext>
      <div id={description} aria-live="polite" className="empty:hidden">
        {error ? (
          <p className="text-sm text-danger">{error}</p>
        ) : (
          hint && <p className="text-sm text-muted">{hint}</p>
        )}
      </div>
    </div>
  )
}

interface LabelledProps {
  id: string
  describedBy: string
  invalid: boolean
  children: ReactNode
}

/** Makes a control of this file that of a label and a description which stand elsewhere. */
export function Labelled({ id, describedBy, invalid, children }: LabelledProps) {
  return (
    <FieldContext value={{ control: id, description: describedBy, invalid }}>
      {children}
    </FieldContext>
  )
}

const control =
  'w-full rounded-control border border-line-strong bg-surface text-ink ring-focus ' +
  'text-sm pointer-coarse:text-base disabled:opacity-60 ' +
  'aria-invalid:border-danger dark:bg-sunken'

/** What ties a control to the field it stands in. */
export function useFieldAttributes() {
  const field = use(FieldContext)
  if (!field) return {}
  return {
    id: field.control,
    'aria-describedby': field.description,
    'aria-invalid': field.invalid || undefined,
  }
}

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input
      {...useFieldAttributes()}
      type="text"
      {...rest}
      className={classNames(control, 'h-10 px-3 touch-target', className)}
    />
  )
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      {...useFieldAttributes()}
      rows={4}
      {...rest}
      className={classNames(control, 'resize-y px-3 py-2 leading-6', className)}
    />
  )
}

export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={classNames('relative block', className)}>
      <select
        {...useFieldAttributes()}
        {...rest}
        className={classNames(control, 'h-10 appearance-none pl-3 pr-9 touch-target')}
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute right-3 top-1/2 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  )
}
