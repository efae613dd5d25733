import type { ComponentProps } from 'react'
import { buttonClass, type ButtonSize, type ButtonVariant } from './button.tsx'
import { classNames } from './class-names.ts'
import { Link } from './navigation.tsx'

interface LinkButtonProps extends ComponentProps<typeof Link> {
  variant?: ButtonVariant
  size?: ButtonSize
}

/** A link to another page that is to be pressed like a button. */
export function LinkButton({ variant, size, className, ...rest }: LinkButtonProps) {
  return (
    <Link
      {...rest}
      className={classNames(buttonClass(variant ?? 'secondary', size ?? 'medium'), className)}
    />
  )
}
