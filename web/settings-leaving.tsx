import { useCallback, useState } from 'react'
import { meValue } from './api/me.ts'
import { changedFields } from './admin/settings/centre-state.ts'
import { centreValue, revert, useCentre } from './admin/settings/centre.ts'
import { pageOf } from './admin/settings/section-names.ts'
import { t } from './text/i18n.ts'
import { ConfirmDialog } from './ui/confirm-dialog.tsx'
import { useLeaveGuard } from './ui/leave-guard.ts'
import { navigate, type Path } from './ui/navigation.tsx'

/** Asks before settings are left of which some are not saved. */
export function SettingsLeaving() {
  const changed = changedFields(useCentre())
  const [to, setTo] = useState<Path | null>(null)
  const mayGo = useCallback((path: string) => {
    const isHere = /^\/main\/(settings|admin)(\/|#|\?|$)/.test(path)
    if (isHere || changedFields(centreValue.get()).length === 0) return true
    // Whoever is signed out has nothing to come back to, and leaves nothing behind.
    if (meValue.get().actor?.type !== 'user') {
      revert()
      return true
    }
    setTo(path as Path)
    return false
    // oxlint-disable-next-line react/preserve-manual-memoization -- a setter never changes
  }, [])
  useLeaveGuard(mayGo, changed.length > 0)
  const sections = [...new Set(changed.map(({ section }) => pageOf(section)))]
  return (
    <ConfirmDialog
      open={to !== null}
      danger
      title={t('settings.leaveTitle')}
      confirmLabel={t('settings.leave')}
      cancelLabel={t('settings.stay')}
      onClose={() => setTo(null)}
      onConfirm={() => {
        revert()
        if (to) navigate(to)
      }}
    >
      {t('settings.leaveText', {
        sections: sections.flatMap((page) => (page ? [t(`settings.${page}`)] : [])).join(', '),
      })}
    </ConfirmDialog>
  )
}
