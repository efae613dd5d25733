import { errorText } from '../../api/error-text.ts'
import { Offline } from '../../api/refused.ts'
import { toast } from '../../ui/toast.ts'
import type { ConversationStore } from '../conversation-store.ts'
import { loadImages } from './load-images.ts'

/** Takes files for the next message. What cannot be sent is said in words. */
export async function addImages(store: ConversationStore, files: readonly File[]) {
  if (files.length === 0) return
  try {
    const { uploaderOf } = await loadImages()
    uploaderOf(store).take(files)
  } catch (cause) {
    toast(errorText(new Offline('The code for it was not there.', { cause })), { tone: 'danger' })
  }
}
