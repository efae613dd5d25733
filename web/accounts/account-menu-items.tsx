import type { ReactNode } from 'react'
import { LogIn, LogOut, Monitor, Moon, Settings, Shield, Sun, UserPlus } from 'lucide-react'
import { useBranding } from '../api/branding.ts'
import { errorText } from '../api/error-text.ts'
import { updatePreferences, useCapability, useIsGuest, useMe } from '../api/me.ts'
import { useSettings } from '../api/settings.ts'
import { t } from '../text/i18n.ts'
import { Badge } from '../ui/badge.tsx'
import { MenuItem, MenuSeparator } from '../ui/menu-items.tsx'
import { MenuSegment, MenuSegments } from '../ui/menu-segments.tsx'
import { navigate, useSignInPath } from '../ui/navigation.tsx'
import { toast } from '../ui/toast.ts'
import { useChosenLook } from './chosen-look.ts'
import { signOut } from './signing-in.ts'

const themes = [
  { value: 'light', icon: <Sun />, key: 'theme.light' },
  { value: 'dark', icon: <Moon />, key: 'theme.dark' },
  { value: 'system', icon: <Monitor />, key: 'theme.system' },
] as const

/** What the account menu offers, below `children` where there are any. */
export function AccountMenuItems({ children }: { children: ReactNode }) {
  const { pendingUsers = 0 } = useMe()
  const isGuest = useIsGuest()
  const isAdmin = useCapability('manageSettings')
  return (
    <>
      {children && (
        <>
          <div className="flex px-2 py-1.5">{children}</div>
          <MenuSeparator />
        </>
      )}
      {isGuest && <GuestItems />}
      <MenuItem icon={<Settings />} onSelect={() => navigate('/main/settings')}>
        {t('sidebar.settings')}
      </MenuItem>
      {isAdmin && (
        <MenuItem icon={<Shield />} onSelect={() => navigate('/main/admin')}>
          <span className="flex items-center justify-between gap-2">
            {t('sidebar.administration')}
            {pendingUsers > 0 && <Badge tone="accent">{pendingUsers}</Badge>}
          </span>
        </MenuItem>
      )}
      <MenuSeparator />
      <LookChoices />
      {!isGuest && (
        <>
          <MenuSeparator />
          <MenuItem icon={<LogOut />} onSelect={leave}>
            {t('account.signOut')}
          </MenuItem>
        </>
      )}
    </>
  )
}

function GuestItems() {
  const { registration } = useBranding()
  const { 'guests.retentionDays': days } = useSettings()
  const [signIn, signUp] = [useSignInPath('sign-in'), useSignInPath('sign-up')]
  return (
    <>
      {days !== undefined && (
        <p className="px-2.5 pb-1 pt-1 text-xs text-muted">{t('guest.kept', { n: days })}</p>
      )}
      <MenuItem icon={<LogIn />} onSelect={() => navigate(signIn)}>
        {t('signIn.submit')}
      </MenuItem>
      {registration !== 'closed' && (
        <MenuItem icon={<UserPlus />} onSelect={() => navigate(signUp)}>
          {t('signUp.submit')}
        </MenuItem>
      )}
      <MenuSeparator />
    </>
  )
}

function LookChoices() {
  const { theme, language } = useChosenLook()
  return (
    <>
      <MenuSegments label={t('theme.label')}>
        {themes.map(({ value, icon, key }) => (
          <MenuSegment
            key={value}
            label={t(key)}
            checked={theme === value}
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
