import { useEffect } from 'react'
import { SearchX } from 'lucide-react'
import { useMe } from './api/me.ts'
import { useCentre } from './admin/settings/centre.ts'
import { placesFor, placesLike } from './settings-search.ts'
import { t } from './text/i18n.ts'
import { EmptyState } from './ui/empty-state.tsx'
import { Link, navigate } from './ui/navigation.tsx'
import { revealAgain } from './ui/revealed.ts'

interface SettingsResultsProps {
  typed: string
  /** Enter was pressed: the first one is meant, as soon as there is one. */
  isEager: boolean
  onFollow: () => void
}

const shownMax = 30

/** Where in the settings something is, as links. */
export function SettingsResults({ typed, isEager, onFollow }: SettingsResultsProps) {
  const me = useMe()
  const { known } = useCentre()
  const found = placesLike(placesFor(me, known), typed)
  const isComplete = known !== null || !me.capabilities.includes('manageSettings')
  const first = isEager && isComplete ? found[0]?.path : undefined
  useEffect(() => {
    if (first === undefined) return
    navigate(first)
    onFollow()
    revealAgain()
  }, [first, onFollow])
  return (
    <>
      <p role="status" className="sr-only">
        {t('settings.found', { n: found.length })}
      </p>
      {found.length === 0 && (
        <EmptyState
          icon={<SearchX aria-hidden className="size-5" />}
          title={t('settings.foundNone')}
        />
      )}
      <ul className="flex flex-col gap-0.5">
        {found.slice(0, shownMax).map(({ path, label, section }) => (
          <li key={path}>
            <Link
              to={path}
              data-result
              onClick={() => {
                onFollow()
                revealAgain()
              }}
              className="block rounded-control px-3 py-2 ring-focus-inset hover:bg-hover"
            >
              <span className="block text-sm">{label}</span>
              <span className="block text-xs text-muted">{t(`settings.${section}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
