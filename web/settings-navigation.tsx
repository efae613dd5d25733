import { lazy, Suspense, useCallback, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useCapability, useMe } from './api/me.ts'
import { changedFields } from './admin/settings/centre-state.ts'
import { loadCentre, useCentre } from './admin/settings/centre.ts'
import { sectionOf } from './admin/settings/section-names.ts'
import { sectionsFor } from './settings-sections.tsx'
import { loadTexts, t } from './text/i18n.ts'
import { Badge } from './ui/badge.tsx'
import { classNames } from './ui/class-names.ts'
import { Link } from './ui/navigation.tsx'
import { SearchInput } from './ui/search-input.tsx'
import { sectionPath, type SettingsGroup, type SettingsSection } from './ui/settings-address.ts'

const SettingsResults = lazy(async () => {
  const { SettingsResults: results } = await import('./settings-results.tsx')
  return { default: results }
})
const noSearch = { typed: '', isEager: false }
const groups: readonly SettingsGroup[] = ['settings', 'admin']

/** The sections one may see: one's own, then the administrators'. Or what is searched in them. */
export function SettingsNavigation({ shown }: { shown: SettingsSection | null }) {
  const [{ typed, isEager }, setSearch] = useState(noSearch)
  const mayManage = useCapability('manageSettings')
  const ref = useRef<HTMLElement>(null)

  const stop = useCallback(() => setSearch(noSearch), [])

  /** What is searched is known to whoever may change it. */
  function prepare() {
    if (!mayManage) return
    void loadCentre()
    loadTexts('registry').catch(() => {})
  }
  function onKeyDown(event: KeyboardEvent) {
    if (typed === '') return
    if (event.key === 'Escape') return stop()
    const results = [...(ref.current?.querySelectorAll<HTMLElement>('[data-result]') ?? [])]
    const at = results.findIndex((result) => result === document.activeElement)
    if (event.key === 'Enter' && at === -1) setSearch({ typed, isEager: true })
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    if (event.key === 'ArrowDown') results[at + 1]?.focus()
    else if (at > 0) results[at - 1]?.focus()
    else ref.current?.querySelector('input')?.focus()
  }
  return (
    <nav
      ref={ref}
      aria-label={t('settings.title')}
      onKeyDown={onKeyDown}
      onFocus={({ target }) => target instanceof HTMLInputElement && prepare()}
      className="flex w-full shrink-0 flex-col gap-5 overflow-y-auto px-3 pb-6 pt-2 md:w-60"
    >
      <SearchInput
        label={t('settings.search')}
        value={typed}
        onChange={(next) => setSearch({ typed: next, isEager: false })}
        className="w-full"
      />
      {typed.trim() === '' ? (
        groups.map((group) => <Group key={group} group={group} shown={shown} />)
      ) : (
        <Suspense>
          <SettingsResults typed={typed} isEager={isEager} onFollow={stop} />
        </Suspense>
      )}
    </nav>
  )
}

function Group({ group, shown }: { group: SettingsGroup; shown: SettingsSection | null }) {
  const headingId = useId()
  const me = useMe()
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
              <Mark id={id} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What there is to do in a section: something is not saved, or somebody waits. */
function Mark({ id }: { id: SettingsSection }) {
  const { pendingUsers = 0 } = useMe()
  const unsaved = changedFields(useCentre(), sectionOf(id)).length
  if (id === 'users' && pendingUsers > 0) return <Badge tone="accent">{pendingUsers}</Badge>
  if (unsaved === 0) return null
  return (
    <span className="flex size-5 items-center justify-center">
      <span aria-hidden className="size-2 rounded-full bg-warning" />
      <span className="sr-only">{t('settings.unsaved')}</span>
    </span>
  )
}
