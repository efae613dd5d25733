import { ChevronDown } from 'lucide-react'
import { useIsGuest } from '../api/me.ts'
import { t } from '../text/i18n.ts'
import { keysText } from '../ui/shortcuts.ts'
import { tooltip } from '../ui/tooltip.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { rememberModel, useModels } from './models-store.ts'
import { modelQuestion, pickModel } from './model-choice.ts'
import { useValue } from '../api/value.ts'
import { askNow, useAsk } from './use-ask.ts'

/** Names the model that will answer next, and leads to the others. */
export function ModelButton({ store }: { store: ConversationStore }) {
  const { model } = useAsk(store)
  const models = useModels()
  const isOpen = useValue(modelQuestion) !== null
  const isGuest = useIsGuest()
  // A guest who may ask none is told to sign in, which an empty selector would only hide.
  const hasNothing = isGuest && models.type === 'ready' && models.items.length === 0
  if (models.type === 'loading' || hasNothing) return <div className="h-9" />
  const label = model ? t('model.choose', { model: model.label }) : t('model.chooseNone')
  return (
    <button
      type="button"
      data-model-button
      aria-label={label}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      {...tooltip(t('model.title'), keysText('chooseModel'))}
      onClick={() => chooseModel(store)}
      className="inline-flex h-9 min-w-0 items-center gap-1 rounded-control px-2.5 font-medium ring-focus touch-target hover:bg-hover aria-expanded:bg-hover"
    >
      <span className="truncate">{model?.label ?? t('model.chooseNone')}</span>
      <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
    </button>
  )
}

/** Asks which model shall answer in this conversation from now on. */
export function chooseModel(store: ConversationStore) {
  pickModel({
    title: t('model.title'),
    currentId: askNow(store).model?.id ?? null,
    onPick(modelId) {
      store.choose({ modelId })
      rememberModel(modelId)
    },
  })
}
