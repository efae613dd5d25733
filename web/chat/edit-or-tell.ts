import { errorText } from '../api/error-text.ts'
import { toast } from '../ui/toast.ts'
import { editConversation } from './conversations-store.ts'

/** Changes a conversation of the list, and says so when that is refused. */
export function editOrTell(...change: Parameters<typeof editConversation>) {
  editConversation(...change).catch((error: unknown) => toast(errorText(error), { tone: 'danger' }))
}
