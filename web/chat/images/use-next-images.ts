import { useSyncExternalStore } from 'react'
import { useValue } from '../../api/value.ts'
import type { ConversationStore } from '../conversation-store.ts'
import type { AttachmentPart } from '../draft.ts'
import { drafts } from '../drafts.ts'
import { uploadsOf, type Uploads } from './uploads.ts'

interface NextImages {
  images: readonly AttachmentPart[]
  uploads: Uploads
}

/** The images of the next message: those it has, and those on their way. */
export function useNextImages(store: ConversationStore): NextImages {
  const images = useSyncExternalStore(drafts.subscribe, () => drafts.imagesOf(store.draftKey()))
  return { images, uploads: useValue(uploadsOf(store.id)) }
}

/** Whether something is in the way of sending them, as `sendObstacle` asks. */
export function uploadState({ items }: Uploads): 'none' | 'running' | 'failed' {
  if (items.some(({ state }) => state.type !== 'failed')) return 'running'
  return items.length > 0 ? 'failed' : 'none'
}
