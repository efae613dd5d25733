import { X } from 'lucide-react'
import { t } from '../text/i18n.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { ConversationFacts } from './conversation-facts.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { DetailsSection } from './details-section.tsx'
import { InstructionsField } from './instructions-field.tsx'
import { ModelFacts } from './model-facts.tsx'

interface DetailsPaneProps {
  store: ConversationStore
  onClose: () => void
}

/** The instructions of a conversation, the model that answers in it, and what it has come to. */
export function DetailsPane({ store, onClose }: DetailsPaneProps) {
  function close() {
    onClose()
    document.querySelector<HTMLElement>('[data-details-button]')?.focus()
  }
  return (
    <div className="flex h-full flex-col">
      <header className="flex shrink-0 items-center justify-between py-2 pl-5 pr-3">
        <p className="font-semibold">{t('common.details')}</p>
        <IconButton label={t('common.close')} onClick={close} icon={<X className="size-4.5" />} />
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-7 overflow-y-auto px-5 pb-8 pt-1">
        <DetailsSection title={t('details.instructions')}>
          <InstructionsField store={store} />
        </DetailsSection>
        <DetailsSection title={t('details.model')}>
          <ModelFacts store={store} />
        </DetailsSection>
        <ConversationFacts store={store} />
      </div>
    </div>
  )
}
