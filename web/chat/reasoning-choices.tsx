import { t } from '../text/i18n.ts'
import { MenuChoice, MenuGroup } from '../ui/menu-items.tsx'
import type { Level } from './composer-tools.tsx'

interface ReasoningChoicesProps {
  level: Level
  levels: readonly Level[]
  onChoose: (level: Level) => void
}

/** How much a model shall think before it answers. */
export function ReasoningChoices({ level, levels, onChoose }: ReasoningChoicesProps) {
  return (
    <MenuGroup label={t('composer.reasoningLabel')}>
      {levels.map((each) => (
        <MenuChoice key={each} checked={each === level} onSelect={() => onChoose(each)}>
          {t(`composer.level.${each}`)}
        </MenuChoice>
      ))}
    </MenuGroup>
  )
}
