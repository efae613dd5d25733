import { useId } from 'react'
import { useMe } from './api/me.ts'
import { sectionsFor } from './settings-sections.tsx'
import { t } from './text/i18n.ts'
import { Badge } from './ui/badge.tsx'
import { classNames } from './ui/class-names.ts'
import { Link } from './ui/navigation.tsx'
import { sectionPath, type SettingsGroup, type SettingsSection } from './ui/settings-address.ts'

const groups: readonly SettingsGroup[] = ['settings', 'admin']

/** The sections one may see: one's own, then the administrators'. */
export function SettingsNavigation({ shown }: { shown: SettingsSection | null }) {
  return (
    <nav
      aria-label={t('settings.title')}
      className="flex w-full shrink-0 flex-col gap-5 overflow-y-auto px-3 pb-6 pt-2 md:w-60"
    >
      {groups.map((group) => (
        <Group key={group} group={group} shown={shown} />
      ))}
    </nav>
  )
}

function Group({ group, shown }: { group: SettingsGroup; shown: SettingsSection | null }) {
  const headingId = useId()
  const me = useMe()
  const { pendingUsers = 0 } = me
  const sections = sectionsFor(group, me)
  if (sections.length === 0) return null
  return (
    <div>
      <h2 id={headingId} className="px-3 pb-1 text-xs font-medium text-muted">
        {t(`settings.group.${group}`)}
      </h2>
      <ul aria-labelledby={headingId} className="flex flex-col gap-0.5">
        {sections.map(({ id, icon: Icon }) => (
          <li key={id}>
            <Link
              to={sectionPath(id)}
              aria-current={id === shown ? 'page' : undefined}
              className={classNames(
                'flex h-9 items-center gap-3 rounded-control px-3 text-sm ring-focus-inset',
                'pointer-coarse:h-12',
                id === shown ? 'bg-pressed font-medium' : 'hover:bg-hover md:text-muted',
              )}
            >
              <Icon aria-hidden className="size-4.5 shrink-0" />
              <span className="flex-1">{t(`settings.${id}`)}</span>
              {id === 'users' && pendingUsers > 0 && <Badge tone="accent">{pendingUsers}</Badge>}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
