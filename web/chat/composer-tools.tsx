import { Brain, History } from 'lucide-react'
import type { Model } from '#contract/models.ts'
import type { Effort, Reasoning } from '#contract/reasoning.ts'
import { t } from '../text/i18n.ts'
import { classNames } from '../ui/class-names.ts'
import { later } from '../ui/later.ts'
import { Menu } from '../ui/menu.tsx'
import { tooltip } from '../ui/tooltip.tsx'
import type { ConversationStore } from './conversation-store.ts'
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
          efforts={model.reasoning?.efforts ?? []}
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

export type Level = 'default' | 'off' | 'on' | Effort

interface ReasoningMenuProps {
  efforts: readonly Effort[]
  reasoning: Reasoning
  onChoose: (reasoning: Partial<Reasoning>) => void
}

function ReasoningMenu({ efforts, reasoning, onChoose }: ReasoningMenuProps) {
  const level = levelOf(reasoning, efforts)
  const levels: Level[] = ['default', 'off', ...(efforts.length > 0 ? [] : ['on' as const])]
  const all = [...levels, ...efforts.filter((effort) => effort !== 'none')]
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
      <ReasoningChoices
        level={level}
        levels={all}
        onChoose={(each) => onChoose(reasoningOf(each))}
      />
    </Menu>
  )
}

function canReason({ reasoning, capabilities }: Model): boolean {
  if (capabilities.reasoning === false) return false
  return capabilities.reasoning === true || (reasoning?.efforts.length ?? 0) > 0
}

function levelOf({ enabled, effort }: Reasoning, efforts: readonly Effort[]): Level {
  if (enabled === false || effort === 'none') return 'off'
  if (effort !== null && efforts.includes(effort)) return effort
  return enabled === true && efforts.length === 0 ? 'on' : 'default'
}

function reasoningOf(level: Level): Partial<Reasoning> {
  switch (level) {
    case 'default':
      return { enabled: null, effort: null }
    case 'off':
      return { enabled: false, effort: null }
    case 'on':
      return { enabled: true, effort: null }
    default:
      return { enabled: true, effort: level }
  }
}
