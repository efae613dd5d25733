import { lazy, type ReactNode } from 'react'
import {
  Activity,
  Boxes,
  Brain,
  Cable,
  Database,
  Gauge,
  History,
  Hourglass,
  ImageIcon,
  Info,
  KeyRound,
  SquareTerminal,
  Lock,
  MessagesSquare,
  Network,
  Palette,
  ScrollText,
  SlidersHorizontal,
  UserPlus,
  UserRound,
  Users,
  Webhook,
  type LucideIcon,
} from 'lucide-react'
import type { Me } from '#contract/accounts.ts'
import type { Capability } from '#contract/actor.ts'
import { AboutSection } from './accounts/about-section.tsx'
import { DataSection } from './accounts/data-section.tsx'
import { PreferencesSection } from './accounts/preferences-section.tsx'
import { ProfileSection } from './accounts/profile-section.tsx'
import { SecuritySection } from './accounts/security-section.tsx'
import { forgetConversations } from './chat/conversations-store.ts'
import type { GeneratedSection } from './admin/settings/section-page.tsx'
import { forgetModels } from './chat/models-store.ts'
import { ShortcutList } from './shortcut-list.tsx'
import { loadTexts } from './text/i18n.ts'
import {
  adminSections,
  personalSections,
  type SettingsGroup,
  type SettingsSection,
} from './ui/settings-address.ts'

const ApiKeysPage = lazy(async () => {
  const [page] = await Promise.all([
    import('./accounts/api-keys/api-keys-page.tsx'),
    loadTexts('apiKeys'),
  ])
  return page
})
const ConnectionsPage = lazy(async () => {
  const [page] = await Promise.all([import('./admin/connections-page.tsx'), ...adminTexts()])
  return page
})
const ModelsPage = lazy(async () => {
  const texts = [...adminTexts(), loadTexts('registry')]
  const [page] = await Promise.all([import('./admin/models-page.tsx'), ...texts])
  return page
})
const SectionPage = lazy(async () => {
  const own = ['registry', 'users', 'apiKeys'] as const
  const texts = [...adminTexts(), ...own.map(loadTexts)]
  const [page] = await Promise.all([import('./admin/settings/section-page.tsx'), ...texts])
  return page
})
const HistoryPage = lazy(async () => {
  const [page] = await Promise.all([
    import('./admin/settings/history-page.tsx'),
    ...adminTexts(),
    loadTexts('registry'),
  ])
  return page
})
const UsersPage = lazy(async () => {
  const texts = [loadTexts('users'), loadTexts('apiKeys')]
  const [page] = await Promise.all([import('./admin/users/users-page.tsx'), ...texts])
  return page
})

const AuditPage = lazy(async () => {
  const own = ['users', 'records', 'registry', 'apiKeys'] as const
  const texts = [...adminTexts(), ...own.map(loadTexts)]
  const [page] = await Promise.all([import('./admin/audit/audit-page.tsx'), ...texts])
  return page
})
const HealthPage = lazy(async () => {
  const [page] = await Promise.all([import('./admin/health/health-page.tsx'), loadTexts('records')])
  return page
})

/** What is said of connections and models is too much to be fetched by everybody. */
function adminTexts() {
  return [loadTexts('admin'), loadTexts('details')]
}

interface Section {
  icon: LucideIcon
  /** What one must be able to do to see it. */
  capability?: Capability
  forGuests?: boolean
  /** Stands in a table, which takes the room there is. */
  isWide?: boolean
  show: () => ReactNode
}

/** All of whose settings the registry describes. */
function generated(icon: LucideIcon, section: GeneratedSection): Section {
  return {
    icon,
    capability: 'manageSettings',
    show: () => <SectionPage section={section} onChange={forgetModels} />,
  }
}

const sections: Partial<Record<SettingsSection, Section>> = {
  profile: { icon: UserRound, show: () => <ProfileSection /> },
  preferences: { icon: SlidersHorizontal, forGuests: true, show: () => <PreferencesSection /> },
  security: { icon: KeyRound, show: () => <SecuritySection /> },
  'api-keys': {
    icon: SquareTerminal,
    capability: 'manageOwnKeys',
    show: () => <ApiKeysPage />,
  },
  data: {
    icon: Database,
    show: () => <DataSection onConversationsDeleted={forgetConversations} />,
  },
  about: {
    icon: Info,
    forGuests: true,
    show: () => (
      <AboutSection>
        <ShortcutList />
      </AboutSection>
    ),
  },
  general: generated(Palette, 'general'),
  accounts: generated(UserPlus, 'accounts'),
  quota: generated(Gauge, 'quota'),
  chat: generated(MessagesSquare, 'chat'),
  models: {
    icon: Boxes,
    capability: 'manageModels',
    isWide: true,
    show: () => <ModelsPage onChange={forgetModels} />,
  },
  connections: {
    icon: Cable,
    capability: 'manageConnections',
    show: () => <ConnectionsPage onChange={forgetModels} />,
  },
  access: { ...generated(Lock, 'access'), isWide: true },
  reasoning: generated(Brain, 'reasoning'),
  network: generated(Network, 'network'),
  images: generated(ImageIcon, 'images'),
  api: generated(Webhook, 'api'),
  retention: generated(Hourglass, 'retention'),
  users: { icon: Users, capability: 'manageUsers', isWide: true, show: () => <UsersPage /> },
  audit: { icon: ScrollText, capability: 'readAudit', isWide: true, show: () => <AuditPage /> },
  health: { icon: Activity, capability: 'manageSettings', show: () => <HealthPage /> },
  history: {
    icon: History,
    capability: 'manageSettings',
    show: () => <HistoryPage onChange={forgetModels} />,
  },
}

export interface ShownSection extends Section {
  id: SettingsSection
}

/** The sections of a group that somebody may see, in their order. */
export function sectionsFor(
  group: SettingsGroup,
  { actor, capabilities }: Pick<Me, 'actor' | 'capabilities'>,
): ShownSection[] {
  const ids = group === 'admin' ? adminSections : personalSections
  return ids.flatMap((id) => {
    const section = sections[id]
    if (!section) return []
    const { capability, forGuests = false } = section
    const isFor = capability
      ? capabilities.includes(capability)
      : forGuests || actor?.type === 'user'
    return isFor ? [{ ...section, id }] : []
  })
}
