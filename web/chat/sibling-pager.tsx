import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { Message } from '#contract/message.ts'
import { t } from '../text/i18n.ts'
import { IconButton } from '../ui/icon-button.tsx'
import type { MessageId } from './thread-state.ts'

interface SiblingPagerProps {
  message: Message
  onSelect: (id: MessageId) => void
}

/** Goes through the versions of a message. With only one there is nothing to show. */
export function SiblingPager({ message, onSelect }: SiblingPagerProps) {
  const { ids } = message.siblings
  const index = ids.indexOf(message.id)
  if (ids.length < 2 || index < 0) return null
  const previous = ids[index - 1]
  const next = ids[index + 1]
  return (
    <div className="flex items-center">
      <IconButton
        size="small"
        label={t('message.previous')}
        disabled={!previous}
        onClick={() => previous && onSelect(previous)}
        icon={<ChevronLeft className="size-4" />}
      />
      <span
        className="min-w-8 text-center text-xs tabular-nums text-muted"
        aria-label={t('message.version', { index: index + 1, count: ids.length })}
        role="img"
      >
        {index + 1}/{ids.length}
      </span>
      <IconButton
        size="small"
        label={t('message.next')}
        disabled={!next}
        onClick={() => next && onSelect(next)}
        icon={<ChevronRight className="size-4" />}
      />
    </div>
  )
}
