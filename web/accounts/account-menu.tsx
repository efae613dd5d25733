import { ChevronsUpDown, LogOut, Monitor, Moon, Settings, Sun } from 'lucide-react'
import { updatePreferences, useMe, usePreferences } from '../api/me.ts'
import { errorText } from '../api/error-text.ts'
import { t } from '../text/i18n.ts'
import { Badge } from '../ui/badge.tsx'
import { Menu, MenuItem, MenuSeparator, type MenuTriggerProps } from '../ui/menu.tsx'
import { MenuSegment, MenuSegments } from '../ui/menu-segments.tsx'
import { navigate } from '../ui/navigation.tsx'
import { toast } from '../ui/toast.ts'
import { Avatar } from './avatar.tsx'
import { quotaText } from './quota-text.ts'
import { signOut } from './session-store.ts'

const themes = [
  { value: 'light', icon: <Sun />, key: 'theme.light' },
  { value: 'dark', icon: <Moon />, key: 'theme.dark' },
  { value: 'system', icon: <Monitor />, key: 'theme.system' },
] as const

/** Who is signed in, what is left for today, and where to settings and out. */
export function AccountMenu({ compact }: { compact: boolean }) {
  const { actor, pendingUsers = 0 } = useMe()
  if (actor?.type !== 'user') return null
  return (
    <Menu
      align={compact ? 'end' : 'start'}
      side="top"
      className="w-64"
      trigger={(props) => <Trigger compact={compact} trigger={props} />}
    >
      {compact && (
        <>
          <Who />
          <MenuSeparator />
        </>
      )}
      <MenuItem icon={<Settings />} onSelect={() => navigate('/main/settings')}>
        <span className="flex items-center justify-between gap-2">
          {t('sidebar.settings')}
          {pendingUsers > 0 && <Badge tone="accent">{pendingUsers}</Badge>}
        </span>
      </MenuItem>
      <MenuSeparator />
      <LookChoices />
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onSelect={leave}>
        {t('account.signOut')}
      </MenuItem>
    </Menu>
  )
}

function Trigger({ compact, trigger }: { compact: boolean; trigger: MenuTriggerProps }) {
  const { actor, pendingUsers = 0 } = useMe()
  if (actor?.type !== 'user') return null
  const { username, avatarUrl } = actor
  const avatar = (
    <span className="relative">
      <Avatar username={username} url={avatarUrl} />
      {pendingUsers > 0 && (
        <span className="absolute -right-0.5 -top-0.5 size-2.5 rounded-full border-2 border-sunken bg-danger" />
      )}
    </span>
  )
  if (compact) {
    return (
      <button
        type="button"
        {...trigger}
        aria-label={t('account.menu', { name: username })}
        className="flex size-11 shrink-0 items-center justify-center rounded-full ring-focus hover:bg-hover"
      >
        {avatar}
      </button>
    )
  }
  return (
    <button
      type="button"
      {...trigger}
      className="flex w-full items-center gap-3 rounded-control p-2 text-left ring-focus-inset hover:bg-hover aria-expanded:bg-hover"
    >
      {avatar}
      <Who />
      <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
    </button>
  )
}

function Who() {
  const { actor, quota } = useMe()
  if (actor?.type !== 'user') return null
  const left = quota && quotaText(quota)
  return (
    <span className="min-w-0 flex-1 px-0.5">
      <span className="block truncate text-sm font-medium text-ink">{actor.username}</span>
      <span className="block truncate text-xs text-muted">{left ?? t(`role.${actor.role}`)}</span>
    </span>
  )
}

function LookChoices() {
  const { theme, language } = usePreferences()
  return (
    <>
      <MenuSegments label={t('theme.label')}>
        {themes.map(({ value, icon, key }) => (
          <MenuSegment
            key={value}
            label={t(key)}
            checked={(theme ?? 'system') === value}
            onSelect={() => store({ theme: value })}
          >
            {icon}
          </MenuSegment>
        ))}
      </MenuSegments>
      <MenuSegments label={t('language.label')}>
        <MenuSegment
          label="English"
          checked={language === 'en'}
          onSelect={() => store({ language: 'en' })}
        >
          EN
        </MenuSegment>
        <MenuSegment
          label="简体中文"
          checked={language === 'zh-CN'}
          onSelect={() => store({ language: 'zh-CN' })}
        >
          中文
        </MenuSegment>
        <MenuSegment
          label={t('language.auto')}
          checked={language !== 'en' && language !== 'zh-CN'}
          onSelect={() => store({ language: 'auto' })}
        >
          {t('language.autoShort')}
        </MenuSegment>
      </MenuSegments>
    </>
  )
}

function store(patch: Parameters<typeof updatePreferences>[0]) {
  updatePreferences(patch).catch(tell)
}

async function leave() {
  try {
    await signOut()
    navigate('/auth/sign-in')
  } catch (error) {
    tell(error)
  }
}

function tell(error: unknown) {
  toast(errorText(error), { tone: 'danger' })
}
