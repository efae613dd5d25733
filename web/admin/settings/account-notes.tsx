import { useEffect } from 'react'
import { useMe } from '../../api/me.ts'
import { t } from '../../text/i18n.ts'
import { Link } from '../../ui/navigation.tsx'
import { Notice } from '../../ui/notice.tsx'
import { isAnyOpenToGuests, loadAllModels, useAllModels } from './all-models.ts'
import { useCentre } from './centre.ts'

/** Who waits to be let in, and whether guests can do anything here. */
export function AccountNotes() {
  const { pendingUsers = 0 } = useMe()
  return (
    <>
      {pendingUsers > 0 && (
        <Notice>
          {t('notes.waiting', { n: pendingUsers })}{' '}
          <Link
            to="/main/admin/users"
            className="rounded font-medium text-accent ring-focus hover:underline"
          >
            {t('notes.toUsers', { n: pendingUsers })}
          </Link>
        </Notice>
      )}
      <GuestsWithoutModels linksToAccess />
    </>
  )
}

/** That guests are let in and have nothing to ask. */
export function GuestsWithoutModels({ linksToAccess = false }: { linksToAccess?: boolean }) {
  const { known } = useCentre()
  const models = useAllModels()
  const revision = known?.revision
  useEffect(() => {
    if (revision !== undefined) loadAllModels().catch(() => {})
  }, [revision])
  const isOpen = known?.values['guests.enabled'] === true
  if (!isOpen || !models || isAnyOpenToGuests(models)) return null
  return (
    <Notice tone="warning">
      {t('notes.guestsWithoutModels')}{' '}
      {linksToAccess && (
        <Link
          to="/main/admin/access"
          className="rounded font-medium text-accent ring-focus hover:underline"
        >
          {t('notes.toAccess')}
        </Link>
      )}
    </Notice>
  )
}
