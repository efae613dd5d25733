import { Brain, History } from 'lucide-react'
import type { Model } from '#contract/models.ts'
import type { Reasoning } from '#contract/reasoning.ts'
import { t } from '../text/i18n.ts'
import { classNames } from '../ui/class-names.ts'
import { later } from '../ui/later.ts'
import { Menu } from '../ui/menu.tsx'
import { tooltip } from '../ui/tooltip.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { canReason, levelOf } from './reasoning-level.ts'
import type { Ask } from './use-ask.ts'

const ReasoningChoices = later(
  async () => (await import('./reasoning-choices.tsx')).ReasoningChoices,
)

interface ComposerToolsProps {
  store: ConversationStore
  ask: Ask
}

const chip =
  'inline-flex h-9 items-center gap-1.5 rounded-full px-2.5 text-sm ring-focus touch-target ' +
  'justify-center transition-colors hover:bg-hover aria-expanded:bg-hover'

/** How the next message is to be answered. What the model cannot do is not there. */
export function ComposerTools({ store, ask }: ComposerToolsProps) {
  const { model, context } = ask
  return (
    <>
      {model && canReason(model) && (
        <ReasoningMenu
          model={model}
          reasoning={ask.reasoning}
          onChoose={(reasoning) => store.choose({ reasoning })}
        />
      )}
      <button
        type="button"
        aria-pressed={!context}
        aria-label={t('composer.noContext')}
        {...tooltip(context ? t('composer.context') : t('composer.noContext'))}
        onClick={() => store.choose({ context: !context })}
        className={classNames(chip, context ? 'text-muted' : 'bg-accent-soft text-accent')}
      >
        <History aria-hidden className="size-4.5" />
        {!context && <span className="hidden sm:inline">{t('composer.noContext')}</span>}
      </button>
    </>
  )
}

interface ReasoningMenuProps {
  model: Model
  reasoning: Reasoning
  onChoose: (reasoning: Partial<Reasoning>) => void
}

function ReasoningMenu({ model, reasoning, onChoose }: ReasoningMenuProps) {
  const level = levelOf(reasoning, model)
  const name = t(`composer.level.${level}`)
  return (
    <Menu
      side="top"
      trigger={(props) => (
        <button
          type="button"
          aria-label={t('composer.reasoning', { level: name })}
          {...tooltip(t('composer.reasoning', { level: name }))}
          {...props}
          className={classNames(chip, level === 'default' ? 'text-muted' : 'text-accent')}
        >
          <Brain aria-hidden className="size-4.5" />
          {level !== 'default' && <span>{name}</span>}
        </button>
      )}
    >
      <ReasoningChoices {...{ model, level, onChoose }} />
    </Menu>
  )
}
