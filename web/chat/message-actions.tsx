import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'

interface MessageActionsProps {
  /** Always on screen, not only under the pointer or with focus inside. */
  pinned?: boolean
  children: ReactNode
}

/** The row below a message. It always takes its room, so that showing it moves nothing. */
export function MessageActions({ pinned = false, children }: MessageActionsProps) {
  return (
    <div
      className={classNames(
        'flex min-h-7 flex-wrap items-center gap-0.5 transition-opacity',
        !pinned &&
          'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100',
      )}
    >
      {children}
    </div>
  )
}
