import type { Model } from '#contract/models.ts'
import type { Reasoning } from '#contract/reasoning.ts'
import { t } from '../text/i18n.ts'
import { MenuChoice, MenuGroup } from '../ui/menu-items.tsx'
import type { Level } from './reasoning-level.ts'
import { levelsFor, reasoningOf } from './reasoning-levels.ts'

interface ReasoningChoicesProps {
  model: Model
  level: Level
  onChoose: (reasoning: Partial<Reasoning>) => void
}

/** How much a model shall think before it answers. */
export function ReasoningChoices({ model, level, onChoose }: ReasoningChoicesProps) {
  return (
    <MenuGroup label={t('composer.reasoningLabel')}>
      {levelsFor(model).map((each) => (
        <MenuChoice
          key={each}
          checked={each === level}
          onSelect={() => onChoose(reasoningOf(each, model))}
        >
          {t(`composer.level.${each}`)}
        </MenuChoice>
      ))}
    </MenuGroup>
  )
}
