import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Spinner } from './spinner.tsx'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger'
export type ButtonSize = 'small' | 'medium' | 'large'

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant
  size?: ButtonSize
  /** Shows a spinner and takes no clicks, but stays focusable and keeps its width. */
  loading?: boolean
  icon?: ReactNode
}

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent shadow-soft hover:brightness-92 active:brightness-85',
  secondary:
    'bg-raised text-ink border border-line-strong/60 shadow-soft hover:bg-sunken active:bg-pressed',
  ghost: 'text-ink hover:bg-hover active:bg-pressed',
  danger: 'bg-danger text-on-danger shadow-soft hover:brightness-92 active:brightness-85',
}
const sizes: Record<ButtonSize, string> = {
  small: 'h-8 px-3 text-sm gap-1.5',
  medium: 'h-9 px-3.5 text-sm gap-2',
  large: 'h-11 px-5 text-base gap-2',
}

/** How a button looks, also where it is a link. */
export function buttonClass(variant: ButtonVariant, size: ButtonSize): string {
  return classNames(
    'relative inline-flex items-center justify-center rounded-control font-medium',
    'ring-focus touch-target shrink-0 whitespace-nowrap transition-[background-color,filter]',
    'select-none disabled:cursor-not-allowed disabled:opacity-50 [&_svg]:shrink-0',
    variants[variant],
    sizes[size],
  )
}

/** A push button; `type` is `button` unless said otherwise, so none submits by accident. */
export function Button({
  variant = 'secondary',
  size = 'medium',
  loading = false,
  icon,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={loading || undefined}
      aria-disabled={loading || undefined}
      onClick={loading ? (event) => event.preventDefault() : onClick}
      className={classNames(buttonClass(variant, size), className)}
    >
      {loading && <Spinner className="absolute" />}
      <span
        className={classNames('inline-flex items-center gap-[inherit]', loading && 'invisible')}
      >
        {icon}
        {children}
      </span>
    </button>
  )
}
