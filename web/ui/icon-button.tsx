import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { tooltip } from './tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'title'> {
  /** What it does, in words: its name for screen readers and its tooltip. */
  label: string
  /** The shortcut that does the same, shown in the tooltip. */
  shortcut?: string
  icon?: ReactNode
  size?: 'small' | 'medium' | 'large'
  variant?: 'ghost' | 'primary' | 'secondary'
}

const variants = {
  ghost: 'text-muted hover:bg-hover hover:text-ink active:bg-pressed aria-expanded:bg-hover',
  primary: 'bg-accent text-on-accent hover:brightness-92 active:brightness-85',
  secondary: 'border border-line-strong/60 bg-raised text-ink shadow-soft hover:bg-sunken',
}
const sizes = { small: 'size-7', medium: 'size-9', large: 'size-11' }

/** A square button that shows only an icon. */
export function IconButton({
  label,
  shortcut,
  icon,
  size = 'medium',
  variant = 'ghost',
  className,
  children,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      {...tooltip(label, shortcut)}
      {...rest}
      className={classNames(
        'inline-flex shrink-0 items-center justify-center rounded-control ring-focus touch-target',
        'transition-colors disabled:cursor-not-allowed disabled:opacity-45',
        variants[variant],
        sizes[size],
        className,
      )}
    >
      {icon}
      {children}
    </button>
  )
}
