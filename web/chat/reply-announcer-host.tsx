import { Suspense, useEffect, useState } from 'react'
import { later } from '../ui/later.ts'
import type { ConversationStore } from './conversation-store.ts'
import { useConversationState } from './use-conversation.ts'

const ReplyAnnouncer = later(async () => (await import('./reply-announcer.tsx')).ReplyAnnouncer)

/** Long before anybody can have asked something. */
const restMs = 1_500

/** Has the announcer in place before a reply can begin, but not before the page has appeared. */
export function ReplyAnnouncerHost({ store }: { store: ConversationStore }) {
  const [isWanted, setIsWanted] = useState(false)
  const isRunning = useConversationState(store, ({ runs }) => runs.size > 0)
  if (isRunning && !isWanted) setIsWanted(true)
  useEffect(() => {
    const timer = setTimeout(setIsWanted, restMs, true)
    return () => clearTimeout(timer)
  }, [])
  return (
    isWanted && (
      <Suspense>
        <ReplyAnnouncer store={store} />
      </Suspense>
    )
  )
}
