import { Shuffle, Trash2 } from 'lucide-react'
import type { Message } from '#contract/message.ts'
import { t } from '../text/i18n.ts'
import { MenuItem, MenuSeparator } from '../ui/menu-items.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { pickModel } from './model-choice.ts'
import { retryWith } from './retry-with.ts'
import { setDeleting } from './view-state.ts'

/** What can be done with a reply less often. */
export function ReplyMenu({ store, message }: { store: ConversationStore; message: Message }) {
  return (
    <>
      <MenuItem icon={<Shuffle />} onSelect={() => pickModel(retryWith(store, message))}>
        {t('message.retryWith')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} danger onSelect={() => setDeleting(store, message.id)}>
        {t('message.delete')}
      </MenuItem>
    </>
  )
}
