import { Maximize2, Minimize2 } from 'lucide-react'
import { t } from '../text/i18n.ts'
import { IconButton } from '../ui/icon-button.tsx'

interface ExpandButtonProps {
  isExpanded: boolean
  onToggle: () => void
}

export function ExpandButton({ isExpanded, onToggle }: ExpandButtonProps) {
  return (
    <IconButton
      label={isExpanded ? t('composer.collapse') : t('composer.expand')}
      onClick={onToggle}
      className="rounded-full"
      icon={isExpanded ? <Minimize2 className="size-4" /> : <Maximize2 className="size-4" />}
    />
  )
}
