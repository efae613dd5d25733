import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import type { ApiKey } from '#contract/api-keys.ts'
import { t } from '../../text/i18n.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { KeyFacts, KeyName } from '../../ui/key-facts.tsx'
import { Menu } from '../../ui/menu.tsx'
import { MenuItem, MenuSeparator } from '../../ui/menu-items.tsx'

interface KeyRowProps {
  apiKey: ApiKey
  onEdit: () => void
  onRevoke: () => void
}

/** One of one's keys, and what can be done with it. */
export function KeyRow({ apiKey, onEdit, onRevoke }: KeyRowProps) {
  return (
    <div className="flex items-start gap-3 px-5 py-4">
      <div className="min-w-0 flex-1">
        <KeyName apiKey={apiKey} />
        <KeyFacts apiKey={apiKey} />
      </div>
      <Menu
        align="end"
        trigger={(trigger) => (
          <IconButton
            label={t('apiKeys.menu', { name: apiKey.name })}
            icon={<Ellipsis className="size-4.5" />}
            {...trigger}
          />
        )}
      >
        <MenuItem icon={<Pencil />} onSelect={onEdit}>
          {t('apiKeys.edit')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} danger onSelect={onRevoke}>
          {t('apiKeys.revoke')}
        </MenuItem>
      </Menu>
    </div>
  )
}
