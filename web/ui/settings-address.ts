/** What anybody sets for themselves: /main/settings/…; guests see the part that concerns them. */
export const personalSections = [
  'profile',
  'preferences',
  'security',
  'api-keys',
  'data',
  'about',
] as const
export type PersonalSection = (typeof personalSections)[number]

/** What an administrator sets for everybody: /main/admin/… */
export const adminSections = [
  'general',
  'accounts',
  'quota',
  'chat',
  'models',
  'connections',
  'access',
  'reasoning',
  'network',
  'images',
  'api',
  'retention',
  'users',
  'audit',
  'health',
  'history',
] as const
export type AdminSection = (typeof adminSections)[number]

export type SettingsSection = PersonalSection | AdminSection

/** The two halves of the settings, as addresses name them. */
export type SettingsGroup = 'settings' | 'admin'

export function isPersonalSection(section: string): section is PersonalSection {
  return personalSections.some((id) => id === section)
}

export function isAdminSection(section: string): section is AdminSection {
  return adminSections.some((id) => id === section)
}

/** The address of a section. */
export function sectionPath(section: SettingsSection) {
  return isPersonalSection(section)
    ? (`/main/settings/${section}` as const)
    : (`/main/admin/${section}` as const)
}
