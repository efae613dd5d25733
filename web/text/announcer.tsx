import { useEffect, useRef, useState } from 'react'
import { Narration, type Narrated } from './narration.ts'
import { useTextLabels } from './text-labels.tsx'

/**
 * The page's one live region for replies: says that one is being written, then its text in whole
 * sentences, then how it ended. Mounted once and kept: a region must be there before it speaks.
 */
export function Announcer({ replyId, text, state, reason, step }: Narrated) {
  const labels = useTextLabels()
  const [narration] = useState(() => new Narration())
  const [announcement, setAnnouncement] = useState('')
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => {
    narration.update({ replyId, text, state, reason, step }, labels)
    const waitMs = narration.waitMs(performance.now())
    // A pending timer stays: a text that grows with every frame must not put it off for ever.
    if (waitMs === null || timer.current !== undefined) return
    timer.current = setTimeout(() => {
      timer.current = undefined
      setAnnouncement(narration.next(performance.now()) ?? '')
    }, waitMs)
  }, [narration, labels, replyId, text, state, reason, step])
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <div className="sr-only" role="status" aria-live="polite">
      {announcement}
    </div>
  )
}
