import { useSyncExternalStore } from 'react'
import { ArrowDown } from 'lucide-react'
import { type Value, useValue } from '../api/value.ts'
import { t } from '../text/i18n.ts'
import { classNames } from '../ui/class-names.ts'
import { tooltip } from '../ui/tooltip.tsx'
import type { ConversationStore } from './conversation-store.ts'

interface NewestButtonProps {
  store: ConversationStore
  /** What was newest when the reader left the end; null while the reader is there. */
  leftAt: Value<string | null>
  onClick: () => void
}

/** Leads back to the end of the thread, with a mark when something has come there since. */
export function NewestButton({ store, leftAt, onClick }: NewestButtonProps) {
  const seen = useValue(leftAt)
  const newest = useSyncExternalStore(store.subscribe, () => newestOf(store))
  if (seen === null) return null
  const isMarked = seen !== newest
  const label = isMarked ? t('chat.newestMarked') : t('chat.newest')
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 z-10 flex justify-center">
      <button
        type="button"
        aria-label={label}
        {...tooltip(label)}
        onClick={onClick}
        className={classNames(
          'pointer-events-auto relative flex size-9 items-center justify-center rounded-full border',
          'border-line bg-raised text-muted shadow-float ring-focus touch-target animate-rise',
          'hover:text-ink',
        )}
      >
        <ArrowDown aria-hidden className="size-4.5" />
        {isMarked && (
          <span
            aria-hidden
            className="absolute -right-0.5 -top-0.5 size-3 rounded-full border-2 border-raised bg-accent"
          />
        )}
      </button>
    </div>
  )
}

/** What stands at the end of the thread, as something to compare. */
export function newestOf(store: ConversationStore): string {
  const { thread, runs } = store.get()
  const last = thread.at(-1)
  return last ? `${last}:${runs.get(last)?.seq ?? 'done'}` : ''
}
