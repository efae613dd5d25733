import { isAdminSection, type AdminSection } from '../../ui/settings-address.ts'

// Whoever looks for data of their own shall not land among the administrators'.
const named = { data: 'retention' } as const satisfies Record<string, AdminSection>

/** Where a section of the registry is shown; null for what is not shown yet. */
export function pageOf(section: string): AdminSection | null {
  if (Object.hasOwn(named, section)) return named[section as keyof typeof named]
  return isAdminSection(section) ? section : null
}

/** The section of the registry that a page shows. */
export function sectionOf(page: string): string {
  return page === named.data ? 'data' : page
}
