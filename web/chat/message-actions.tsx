import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'

interface MessageActionsProps {
  /** Always on screen, not only under the pointer or with focus inside. */
  pinned?: boolean
  side: 'left' | 'right'
  children: ReactNode
}

/** The row below a message. It always takes its room, so that showing it moves nothing. */
export function MessageActions({ pinned = false, side, children }: MessageActionsProps) {
  return (
    <div
      className={classNames(
        'flex min-h-7 flex-wrap items-center gap-0.5 transition-opacity',
        // What is drawn in the first button, not its hit area, is in line with the text.
        side === 'left' ? '-ml-1.5 pointer-coarse:-ml-3.5' : '-mr-1.5 pointer-coarse:-mr-3.5',
        !pinned &&
          'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100',
      )}
    >
      {children}
    </div>
  )
}
