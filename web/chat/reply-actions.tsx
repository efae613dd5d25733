import { ArrowRight, Copy, Ellipsis, RotateCcw } from 'lucide-react'
import type { Message } from '#contract/message.ts'
import { textOf } from '#contract/parts.ts'
import { t } from '../text/i18n.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { later } from '../ui/later.ts'
import { Menu } from '../ui/menu.tsx'
import { keysText } from '../ui/shortcuts.ts'
import type { ConversationStore } from './conversation-store.ts'
import { MessageActions } from './message-actions.tsx'
import {
  continueReply,
  copyMessage,
  mayContinue,
  retryReply,
  selectMessage,
} from './message-acts.ts'
import { SiblingPager } from './sibling-pager.tsx'

const ReplyMenu = later(async () => (await import('./reply-menu.tsx')).ReplyMenu)

interface ReplyActionsProps {
  store: ConversationStore
  message: Message
  isLast: boolean
}

export function ReplyActions({ store, message, isLast }: ReplyActionsProps) {
  const hasText = textOf(message.parts) !== ''
  const { state } = message
  // These two ends offer the same in words.
  const isBroken = state.type === 'failed' || state.type === 'interrupted'
  const wasCut = state.type === 'complete' && state.reason === 'length'
  return (
    <MessageActions side="left" pinned={isLast}>
      <SiblingPager message={message} onSelect={(id) => selectMessage(store, id)} />
      {hasText && (
        <IconButton
          size="small"
          label={t('message.copy')}
          {...(isLast && { shortcut: keysText('copyLast') })}
          onClick={() => void copyMessage(message)}
          icon={<Copy className="size-4" />}
        />
      )}
      {!isBroken && (
        <IconButton
          size="small"
          label={t('message.retry')}
          {...(isLast && { shortcut: keysText('retryLast') })}
          onClick={() => retryReply(store, message)}
          icon={<RotateCcw className="size-4" />}
        />
      )}
      {mayContinue(message) && !isBroken && !wasCut && (
        <IconButton
          size="small"
          label={t('message.continue')}
          onClick={() => continueReply(store, message)}
          icon={<ArrowRight className="size-4" />}
        />
      )}
      <Menu
        trigger={(props) => (
          <IconButton
            size="small"
            label={t('message.actions')}
            {...props}
            icon={<Ellipsis className="size-4" />}
          />
        )}
      >
        <ReplyMenu store={store} message={message} />
      </Menu>
    </MessageActions>
  )
}
