import type { ReactNode } from 'react'
import { X } from 'lucide-react'
import { t } from '../text/i18n.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { ConversationFacts } from './conversation-facts.tsx'
import type { ConversationStore } from './conversation-store.ts'
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
        <Part title={t('details.instructions')}>
          <InstructionsField store={store} />
        </Part>
        <Part title={t('details.model')}>
          <ModelFacts store={store} />
        </Part>
        <ConversationFacts store={store} />
      </div>
    </div>
  )
}

/** A titled part of the pane. */
function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-sm font-semibold">{title}</h2>
      {children}
    </section>
  )
}
