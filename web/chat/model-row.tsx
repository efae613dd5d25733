import { Brain, Check, Eye, Star, Wrench } from 'lucide-react'
import type { Model } from '#contract/models.ts'
import { t } from '../text/i18n.ts'
import { classNames } from '../ui/class-names.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { tooltip } from '../ui/tooltip.tsx'
import { toggleFavourite } from './models-store.ts'
import { tokensText } from './tokens-text.ts'

interface ModelRowProps {
  model: Model
  isCurrent: boolean
  isFavourite: boolean
  onPick: () => void
}

/** A model with what it can do, to choose or to mark as a favourite. */
export function ModelRow({ model, isCurrent, isFavourite, onPick }: ModelRowProps) {
  const { label, name, available } = model
  return (
    <li className="group flex items-center rounded-control hover:bg-hover has-[[data-model-row]:focus-visible]:bg-hover">
      <button
        type="button"
        data-model-row
        aria-current={isCurrent || undefined}
        disabled={!available}
        onClick={onPick}
        className="flex min-w-0 flex-1 items-center gap-2 rounded-control px-2.5 py-2 text-left ring-focus-inset touch-target disabled:opacity-50"
      >
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm font-medium">{label}</span>
          {name !== label && <span className="block truncate text-xs text-muted">{name}</span>}
        </span>
        <ModelBadges model={model} />
        <Check
          aria-hidden
          className={classNames('size-4 shrink-0 text-accent', !isCurrent && 'invisible')}
        />
      </button>
      <IconButton
        size="small"
        label={t(isFavourite ? 'model.unfavour' : 'model.favour', { model: label })}
        aria-pressed={isFavourite}
        onClick={() => toggleFavourite(model.id)}
        className={classNames(
          'mr-1',
          !isFavourite &&
            'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100',
        )}
        icon={<Star className={classNames('size-4', isFavourite && 'fill-current text-warning')} />}
      />
    </li>
  )
}

function ModelBadges({ model }: { model: Model }) {
  const { capabilities, contextWindow } = model
  const flags = [
    capabilities.vision === true && { name: t('model.vision'), Icon: Eye },
    capabilities.reasoning === true && { name: t('model.reasoning'), Icon: Brain },
    capabilities.tools === true && { name: t('model.tools'), Icon: Wrench },
  ].filter((flag) => flag !== false)
  return (
    <span className="flex shrink-0 items-center gap-1.5 text-muted">
      {flags.map(({ name, Icon }) => (
        <span key={name} {...tooltip(name)}>
          <Icon aria-hidden className="size-3.5" />
          <span className="sr-only">{name}</span>
        </span>
      ))}
      <span
        className="rounded bg-hover px-1.5 py-0.5 text-xs tabular-nums"
        {...tooltip(t('model.context', { n: contextWindow }))}
      >
        <span aria-hidden>{tokensText(contextWindow)}</span>
        <span className="sr-only">{t('model.context', { n: contextWindow })}</span>
      </span>
    </span>
  )
}
