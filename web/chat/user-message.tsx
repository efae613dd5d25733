import { Suspense, useEffect, useRef, useState } from 'react'
import { Copy, Pencil, Trash2 } from 'lucide-react'
import type { Message } from '#contract/message.ts'
import { textOf } from '#contract/parts.ts'
import { t } from '../text/i18n.ts'
import { classNames } from '../ui/class-names.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { later } from '../ui/later.ts'
import { imagesOf } from './images/images-of.ts'
import { MessageImages } from './images/message-images.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { MessageActions } from './message-actions.tsx'
import { copyMessage, selectMessage } from './message-acts.ts'
import { SiblingPager } from './sibling-pager.tsx'
import { setDeleting, setEditing, useFold, useIsEditing } from './view-state.ts'

const MessageEdit = later(async () => (await import('./message-edit.tsx')).MessageEdit)

interface UserMessageProps {
  store: ConversationStore
  message: Message
}

/** What somebody said, as plain text on the right, or the editor in its place. */
export function UserMessage({ store, message }: UserMessageProps) {
  const isEditing = useIsEditing(store, message.id)
  const shown = <ShownMessage store={store} message={message} />
  if (!isEditing) return shown
  return (
    <Suspense fallback={shown}>
      <MessageEdit store={store} message={message} />
    </Suspense>
  )
}

function ShownMessage({ store, message }: UserMessageProps) {
  const images = imagesOf(message.parts)
  const hasText = textOf(message.parts) !== ''
  return (
    <article className="group flex flex-col items-end gap-1 pb-2 pt-6">
      <h2 className="sr-only">{t('chat.you')}</h2>
      {images.length > 0 && <MessageImages images={images} />}
      {(hasText || images.length === 0) && <FoldedText store={store} message={message} />}
      <MessageActions side="right">
        <SiblingPager message={message} onSelect={(id) => selectMessage(store, id)} />
        {hasText && (
          <IconButton
            size="small"
            label={t('message.copy')}
            onClick={() => void copyMessage(message)}
            icon={<Copy className="size-4" />}
          />
        )}
        <IconButton
          size="small"
          label={t('message.edit')}
          onClick={() => setEditing(store, message.id)}
          icon={<Pencil className="size-4" />}
        />
        <IconButton
          size="small"
          label={t('message.delete')}
          onClick={() => setDeleting(store, message.id)}
          icon={<Trash2 className="size-4" />}
        />
      </MessageActions>
    </article>
  )
}

function FoldedText({ store, message }: UserMessageProps) {
  const [open, setOpen] = useFold(store, message.id)
  const text = textOf(message.parts)
  const [ref, isLong] = useOverflow(mayFold(text) && !open, surelyFolds(text))
  return (
    <div className="max-w-[85%] rounded-2xl rounded-br-md bg-sunken px-4 py-2.5 md:max-w-[75%] dark:bg-raised">
      <p
        ref={ref}
        className={classNames(
          'whitespace-pre-wrap [overflow-wrap:anywhere]',
          !open && 'line-clamp-12',
        )}
      >
        {text}
      </p>
      {isLong && (
        <button
          type="button"
          aria-expanded={open ?? false}
          onClick={() => setOpen(!open)}
          className="mt-1 rounded-md text-sm font-medium text-accent ring-focus touch-target hover:underline"
        >
          {open ? t('message.showLess') : t('message.showAll')}
        </button>
      )}
    </div>
  )
}

/** Shorter texts fit into twelve lines on the narrowest screen. */
const foldableLengthMin = 240
const foldedLinesMax = 12

function mayFold(text: string): boolean {
  return text.length >= foldableLengthMin || text.split('\n').length > foldedLinesMax
}

/** Longer texts do not fit on the widest screen, so that nothing moves when that is found out. */
function surelyFolds(text: string): boolean {
  return text.length > 1_400 || text.split('\n').length > foldedLinesMax
}

/**
 * Whether what is in an element is higher than it, watched only while that matters; the last
 * finding stays.
 */
function useOverflow(isWatched: boolean, guess: boolean) {
  const [overflows, setOverflows] = useState(guess)
  const ref = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    const element = ref.current
    if (!isWatched || !element) return
    // Asked by the observer, layout is already done; asked earlier, it would be done twice.
    const observer = new ResizeObserver(() =>
      setOverflows(element.scrollHeight > element.clientHeight + 1),
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [isWatched])
  return [ref, overflows] as const
}
