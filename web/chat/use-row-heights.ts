import { useMemo } from 'react'
import { usePreferences } from '../api/me.ts'
import { useMedia } from '../ui/media.ts'
import type { RowHeights } from './sidebar-rows.ts'

const groupPx = 36
const rowPx = 36
const rowTouchPx = 44

/** Row heights in pixels, by the reader's font size and whether fingers have to hit them. */
export function useRowHeights(): RowHeights {
  const isTouch = useMedia('(pointer: coarse)')
  const { fontSize } = usePreferences()
  return useMemo(() => {
    const scale = { small: 15, normal: 16, large: 18 }[fontSize] / 16
    const conversation = Math.round(rowPx * scale)
    return {
      group: Math.round(groupPx * scale),
      conversation: isTouch ? Math.max(rowTouchPx, conversation) : conversation,
    }
  }, [isTouch, fontSize])
}
