import { classNames } from './class-names.ts'

interface SpinnerProps {
  /** Read to those who cannot see it; without one it is decoration. */
  label?: string
  className?: string
}

/** A ring in the colour of the text around it. */
export function Spinner({ label, className }: SpinnerProps) {
  return (
    <span
      {...(label ? { role: 'status', 'aria-label': label } : { 'aria-hidden': true })}
      className={classNames(
        'inline-block size-4 shrink-0 animate-spin rounded-full border-2 border-current',
        'border-r-transparent opacity-80 motion-reduce:[animation-duration:2.4s]!',
        className,
      )}
    />
  )
}
