import { exactTime } from '../text/exact-time.ts'
import { timeAgo } from '../text/time-ago.ts'
import { classNames } from './class-names.ts'
import { tooltip } from './tooltip.tsx'

interface TimeSinceProps {
  at: number
  className?: string
}

/** How long ago something was; when exactly on hover. */
export function TimeSince({ at, className }: TimeSinceProps) {
  return (
    <time
      dateTime={new Date(at).toISOString()}
      {...tooltip(exactTime(at))}
      className={classNames('whitespace-nowrap', className)}
    >
      {timeAgo(at)}
    </time>
  )
}
