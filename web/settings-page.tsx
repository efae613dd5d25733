import { lazy, Suspense } from 'react'
import { ArrowLeft, Boxes, Cable, Info, KeyRound, SlidersHorizontal, Users } from 'lucide-react'
import type { Capability } from '#contract/actor.ts'
import { useMe } from './api/me.ts'
import { AboutSection } from './accounts/about-section.tsx'
import { PreferencesSection } from './accounts/preferences-section.tsx'
import { SecuritySection } from './accounts/security-section.tsx'
import { useFollowPendingUsers } from './admin/follow-pending-users.ts'
import { TopBar } from './chat/app-layout.tsx'
import { forgetModels } from './chat/models-store.ts'
import { ShortcutList } from './shortcut-list.tsx'
import { loadTexts, t } from './text/i18n.ts'
import { Badge } from './ui/badge.tsx'
import { classNames } from './ui/class-names.ts'
import { ErrorState } from './ui/error-state.tsx'
import { IconButton } from './ui/icon-button.tsx'
import { useMedia } from './ui/media.ts'
import { Link, navigate, type SettingsSection } from './ui/navigation.tsx'

const ConnectionsPage = lazy(async () => {
  const [page] = await Promise.all([import('./admin/connections-page.tsx'), ...adminTexts()])
  return page
})
const ModelsPage = lazy(async () => {
  const [page] = await Promise.all([import('./admin/models-page.tsx'), ...adminTexts()])
  return page
})
const UsersPage = lazy(() => import('./admin/users-page.tsx'))

/** What is said of connections and models is too much to be fetched by everybody. */
function adminTexts() {
  return [loadTexts('admin'), loadTexts('details')]
}

const sections: { id: SettingsSection; icon: typeof Info; capability?: Capability }[] = [
  { id: 'preferences', icon: SlidersHorizontal },
  { id: 'security', icon: KeyRound },
  { id: 'connections', icon: Cable, capability: 'manageConnections' },
  { id: 'models', icon: Boxes, capability: 'manageModels' },
  { id: 'users', icon: Users, capability: 'manageUsers' },
  { id: 'about', icon: Info },
]

/** The settings: sections beside their content, or on a phone first the one and then the other. */
export default function SettingsPage({ section }: { section: SettingsSection | null }) {
  const { capabilities } = useMe()
  const hasRoom = useMedia('(min-width: 768px)')
  useFollowPendingUsers()
  const shown = section ?? (hasRoom ? 'preferences' : null)
  const isAllowed = sections.some(
    ({ id, capability }) => id === shown && (!capability || capabilities.includes(capability)),
  )
  return (
    <>
      <TopBar>
        {!hasRoom && shown && (
          <IconButton
            label={t('common.back')}
            onClick={() => navigate('/main/settings')}
            icon={<ArrowLeft className="size-5" />}
          />
        )}
        <h1 className="truncate text-base font-semibold">
          {!hasRoom && shown ? t(`settings.${shown}`) : t('settings.title')}
        </h1>
      </TopBar>
      <div className="flex min-h-0 flex-1">
        {(hasRoom || !shown) && <SectionList shown={shown} capabilities={capabilities} />}
        {shown && (
          <div
            key={shown}
            role="region"
            aria-label={t(`settings.${shown}`)}
            tabIndex={0}
            className="min-w-0 flex-1 overflow-y-auto px-4 pb-16 pt-2 ring-focus-inset md:px-8"
          >
            <div
              className={classNames(
                'mx-auto flex flex-col gap-8 md:mx-0',
                // The models stand in a table.
                shown === 'models' ? 'max-w-6xl' : 'max-w-2xl',
              )}
            >
              {isAllowed ? (
                <Suspense fallback={null}>
                  <Section section={shown} />
                </Suspense>
              ) : (
                <ErrorState title={t('settings.forbidden')} />
              )}
            </div>
          </div>
        )}
      </div>
    </>
  )
}

function Section({ section }: { section: SettingsSection }) {
  switch (section) {
    case 'preferences':
      return <PreferencesSection />
    case 'security':
      return <SecuritySection />
    case 'about':
      return (
        <AboutSection>
          <ShortcutList />
        </AboutSection>
      )
    case 'connections':
      return <ConnectionsPage onChange={forgetModels} />
    case 'models':
      return <ModelsPage onChange={forgetModels} />
    case 'users':
      return <UsersPage />
    default:
      return section satisfies never
  }
}

interface SectionListProps {
  shown: SettingsSection | null
  capabilities: readonly Capability[]
}

function SectionList({ shown, capabilities }: SectionListProps) {
  const { pendingUsers = 0 } = useMe()
  return (
    <nav
      aria-label={t('settings.title')}
      className="w-full shrink-0 overflow-y-auto px-3 pb-6 pt-2 md:w-56"
    >
      <ul className="flex flex-col gap-0.5">
        {sections
          .filter(({ capability }) => !capability || capabilities.includes(capability))
          .map(({ id, icon: Icon }) => (
            <li key={id}>
              <Link
                to={`/main/settings/${id}`}
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
    </nav>
  )
}
