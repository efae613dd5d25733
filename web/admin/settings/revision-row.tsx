import { Ellipsis, History, Undo2 } from 'lucide-react'
import type { SettingsRevision } from '#contract/settings.ts'
import { BrandImage, brandImageKey } from '#contract/branding.ts'
import { t } from '../../text/i18n.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { MenuItem } from '../../ui/menu-items.tsx'
import { Link } from '../../ui/navigation.tsx'
import { TimeSince } from '../../ui/time-since.tsx'
import { pageOf } from './section-names.ts'
import type { SettingField } from './setting-field.ts'
import { labelOf, valueText } from './setting-texts.ts'

interface RevisionRowProps {
  revision: SettingsRevision
  fields: readonly SettingField[]
  /** Null where there is nothing to undo, or nothing newer to go back from. */
  onUndo: (() => void) | null
  onRestore: (() => void) | null
}

/** One change of the settings: by whom, when, and what was set to what. */
export function RevisionRow({ revision, fields, onUndo, onRestore }: RevisionRowProps) {
  const { revision: n, at, actor, changes } = revision
  return (
    <article aria-label={t('history.revision', { n })} className="flex items-start gap-3 px-5 py-4">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2 text-sm text-muted">
          <span className="font-medium text-ink">{actor.name ?? t('history.gone')}</span>
          <span>{t('history.revision', { n })}</span>
          <TimeSince at={at} />
        </p>
        <ul className="mt-1.5 flex flex-col gap-1.5 text-sm">
          {changes.map((change) => (
            <li key={change.key} className="[overflow-wrap:anywhere]">
              <ChangeLine change={change} field={fields.find(({ key }) => key === change.key)} />
            </li>
          ))}
        </ul>
      </div>
      {(onUndo ?? onRestore) && (
        <Menu
          align="end"
          trigger={(trigger) => (
            <IconButton
              label={t('history.options', { n })}
              icon={<Ellipsis className="size-4.5" />}
              {...trigger}
            />
          )}
        >
          {onUndo && (
            <MenuItem icon={<Undo2 />} onSelect={onUndo}>
              {t('history.undo')}
            </MenuItem>
          )}
          {onRestore && (
            <MenuItem icon={<History />} onSelect={onRestore}>
              {t('history.restore')}
            </MenuItem>
          )}
        </Menu>
      )}
    </article>
  )
}

interface ChangeLineProps {
  change: SettingsRevision['changes'][number]
  field: SettingField | undefined
}

function ChangeLine({ change, field }: ChangeLineProps) {
  const { key, before, after, afterIsDefault } = change
  const text = (value: unknown) =>
    field ? valueText(field, value) : t(value === '[set]' ? 'centre.set' : 'centre.cleared')
  return (
    <>
      <Name settingKey={key} field={field} />{' '}
      <span className="text-muted">
        {t('history.from')} {text(before)} {t('history.to')}
      </span>{' '}
      <span>{text(after)}</span>
      {afterIsDefault && field && <span className="text-muted"> ({t('history.isDefault')})</span>}
    </>
  )
}

function Name({ settingKey, field }: { settingKey: string; field: SettingField | undefined }) {
  const page = field && pageOf(field.section)
  if (!field) return <b className="font-medium">{otherName(settingKey)}</b>
  if (!page) return <b className="font-medium">{labelOf(settingKey)}</b>
  return (
    <Link
      to={`/main/admin/${page}#${settingKey}`}
      className="rounded font-medium ring-focus hover:underline"
    >
      {labelOf(settingKey)}
    </Link>
  )
}

/** The brand's images are kept among the settings; anything else is of another release. */
function otherName(key: string): string {
  const image = BrandImage.options.find((option) => brandImageKey(option) === key)
  return image ? t(`brandImages.${image}`) : t('history.unknown', { key })
}
