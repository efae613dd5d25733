import { classNames } from './class-names.ts'

/** Stands where content will be; give it the size of that content so nothing shifts. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div
      aria-hidden
      className={classNames(
        'animate-pulse rounded-md bg-pressed motion-reduce:animate-none',
        className,
      )}
    />
  )
}
