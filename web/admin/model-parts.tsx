import { Ban, Brain, Check, Code, Eye, FileText, Globe, Image, Wrench } from 'lucide-react'
import {
  capabilityFlags,
  type CapabilityFlag,
  type LimitSource,
  type Model,
} from '#contract/models.ts'
import { t } from '../text/i18n.ts'
import { timeAgo } from '../text/time-ago.ts'
import { Badge } from '../ui/badge.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { classNames } from '../ui/class-names.ts'
import { tooltip } from '../ui/tooltip.tsx'
import { audiences } from './model-draft.ts'

const icons: Record<CapabilityFlag, typeof Eye> = {
  vision: Eye,
  tools: Wrench,
  reasoning: Brain,
  files: FileText,
  webSearch: Globe,
  imageGeneration: Image,
  codeInterpreter: Code,
}

interface ModelSelectionProps {
  model: Model
  isSelected: boolean
  onSelect: (model: Model, isSelected: boolean) => void
}

/** Whether something is to be done with a model together with others. */
export function ModelSelection({ model, isSelected, onSelect }: ModelSelectionProps) {
  return (
    <Checkbox
      label={t('models.select', { name: model.label })}
      hideLabel
      checked={isSelected}
      onChange={(checked) => onSelect(model, checked)}
      className="pointer-coarse:w-8 pointer-coarse:justify-center"
    />
  )
}

/** What sets a model apart, in words. */
export function ModelMarks({ model }: { model: Model }) {
  const { kind, tags, overridden, hidden, goneAt } = model
  return (
    <>
      {typeof goneAt === 'number' && (
        <Badge tone="warning">
          <span {...tooltip(t('models.goneHint'))}>
            {t('models.goneSince', { when: timeAgo(goneAt) })}
          </span>
        </Badge>
      )}
      {hidden && (
        <Badge tone="warning">
          <span {...tooltip(t('models.hiddenHint'))}>{t('models.mark.hidden')}</span>
        </Badge>
      )}
      {overridden && (
        <Badge tone="accent">
          <span {...tooltip(t('models.overriddenHint'))}>{t('models.mark.overridden')}</span>
        </Badge>
      )}
      {kind !== 'chat' && <Badge>{t(`models.kind.${kind}`)}</Badge>}
      {tags.map((tag) => (
        <Badge key={tag} className="max-w-32">
          <span className="truncate">{tag}</span>
        </Badge>
      ))}
    </>
  )
}

interface LimitProps {
  tokens: number | null
  source: LimitSource
}

/** A number of tokens, and whose word it is. */
export function Limit({ tokens, source }: LimitProps) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5 gap-y-0.5">
      <span className="tabular-nums">
        {tokens === null ? '–' : t('admin.number', { n: tokens })}
      </span>
      <span
        {...tooltip(t(`models.sourceHint.${source}`))}
        className={classNames('text-xs', source === 'override' ? 'text-accent' : 'text-muted')}
      >
        {t(`models.source.${source}`)}
      </span>
    </span>
  )
}

/** What a model can do and what it cannot, as far as somebody says. */
export function Abilities({ model }: { model: Model }) {
  const { capabilities, capabilitySources = {} } = model
  const said = capabilityFlags.filter((flag) => typeof capabilities[flag] === 'boolean')
  return (
    <span className="flex flex-wrap gap-1.5 empty:hidden">
      {said.map((flag) => {
        const Icon = icons[flag]
        const can = capabilities[flag] === true
        const text = t(can ? 'models.can' : 'models.cannot', {
          ability: t(`details.ability.${flag}`),
          source: t(`models.saidBy.${capabilitySources[flag] ?? 'names'}`),
        })
        return (
          <span key={flag} {...tooltip(text)} className="relative">
            <Icon aria-hidden className={classNames('size-4', can ? 'text-ink' : 'text-muted')} />
            {!can && (
              <span
                aria-hidden
                className="absolute left-1/2 top-1/2 h-0.5 w-5 -translate-1/2 rotate-45 bg-muted"
              />
            )}
            <span className="sr-only">{text}.</span>
          </span>
        )
      })}
    </span>
  )
}

/** Who may use a model, and why. */
export function Access({ model: { resolvedAccess } }: { model: Model }) {
  if (!resolvedAccess) return null
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-0.5">
      {audiences.map((audience) => {
        const { decision, source } = resolvedAccess[audience]
        const text = t('models.accessText', {
          audience: t(`models.audience.${audience}`),
          decision: t(`models.access.${decision}`),
          source: t(`models.access.by.${source}`),
        })
        const Icon = decision === 'allow' ? Check : Ban
        return (
          <span
            key={audience}
            {...tooltip(text)}
            className={classNames(
              'inline-flex items-center gap-1 whitespace-nowrap text-xs',
              source === 'override' ? 'text-accent' : 'text-muted',
            )}
          >
            <Icon aria-hidden className="size-3.5" />
            <span aria-hidden>{t(`models.audience.${audience}`)}</span>
            <span className="sr-only">{text}.</span>
          </span>
        )
      })}
    </span>
  )
}
