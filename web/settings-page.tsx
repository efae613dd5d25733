import { Suspense, useEffect } from 'react'
import { ArrowLeft } from 'lucide-react'
import { useBranding } from './api/branding.ts'
import { useMe } from './api/me.ts'
import { loadCentre, useCentre } from './admin/settings/centre.ts'
import { TopBar } from './chat/app-layout.tsx'
import { SettingsLeaving } from './settings-leaving.tsx'
import { SettingsNavigation } from './settings-navigation.tsx'
import { sectionsFor, type ShownSection } from './settings-sections.tsx'
import { t } from './text/i18n.ts'
import { classNames } from './ui/class-names.ts'
import { ErrorState } from './ui/error-state.tsx'
import { IconButton } from './ui/icon-button.tsx'
import { useMedia } from './ui/media.ts'
import { navigate } from './ui/navigation.tsx'
import { useRevealed } from './ui/revealed.ts'
import {
  isPersonalSection,
  type SettingsGroup,
  type SettingsSection,
} from './ui/settings-address.ts'

interface SettingsPageProps {
  group: SettingsGroup
  section: SettingsSection | null
}

/** The settings: sections beside their content, or on a phone first the one and then the other. */
export default function SettingsPage({ group, section }: SettingsPageProps) {
  const me = useMe()
  const hasRoom = useMedia('(min-width: 768px)')
  useFollowSettings()
  const sections = sectionsFor(group, me)
  const shown = section ?? (hasRoom ? (sections[0]?.id ?? null) : null)
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
        {(hasRoom || !shown) && <SettingsNavigation shown={shown} />}
        {shown ? (
          <Content key={shown} id={shown} section={sections.find(({ id }) => id === shown)} />
        ) : (
          hasRoom && <ErrorState title={t('settings.forbidden')} />
        )}
      </div>
      <SettingsLeaving />
    </>
  )
}

/** Settings somebody else has changed are read anew, once they are in use here. */
function useFollowSettings() {
  const { settingsRevision } = useMe()
  const { revision } = useBranding()
  const { known } = useCentre()
  const newest = Math.max(settingsRevision, revision)
  const isOld = known !== null && known.revision < newest
  useEffect(() => {
    if (isOld) void loadCentre()
  }, [isOld, newest])
}

interface ContentProps {
  id: SettingsSection
  /** Without it, the section is not for whoever is here. */
  section: ShownSection | undefined
}

function Content({ id, section }: ContentProps) {
  useRevealed(isPersonalSection(id))
  return (
    <div
      role="region"
      aria-label={t(`settings.${id}`)}
      tabIndex={0}
      className="min-w-0 flex-1 scroll-pb-32 overflow-y-auto px-4 pb-16 pt-2 ring-focus-inset md:px-8"
    >
      <div
        className={classNames(
          'mx-auto flex flex-col gap-8 md:mx-0',
          section?.isWide ? 'max-w-6xl' : 'max-w-2xl',
        )}
      >
        {section ? (
          <Suspense fallback={null}>{section.show()}</Suspense>
        ) : (
          <ErrorState title={t('settings.forbidden')} />
        )}
      </div>
    </div>
  )
}
