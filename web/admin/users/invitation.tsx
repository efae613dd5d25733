import { useBranding } from '../../api/branding.ts'
import { useCapability } from '../../api/me.ts'
import { t } from '../../text/i18n.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Link } from '../../ui/navigation.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'

/** How others get an account here: the address to pass on, and what happens when they use it. */
export function Invitation() {
  const { registration } = useBranding()
  const mayChange = useCapability('manageSettings')
  const address = `${location.origin}/auth/sign-up`
  return (
    <div className="flex flex-col gap-3 text-left">
      {registration !== 'closed' && <p className="text-sm text-muted">{t('users.passOn')}</p>}
      {registration !== 'closed' && (
        <div className="flex flex-wrap items-center gap-2 rounded-control bg-sunken py-2 pl-3.5 pr-2">
          <span className="min-w-0 flex-1 basis-48 font-mono text-sm text-ink [overflow-wrap:anywhere]">
            {address}
          </span>
          <CopyButton size="small" text={address} label={t('users.copyAddress')} />
        </div>
      )}
      <p className="text-sm text-muted">
        {t(`users.registration.${registration}`)}{' '}
        {mayChange && (
          <Link
            to="/main/admin/accounts"
            className="rounded whitespace-nowrap text-accent underline ring-focus"
          >
            {t('users.toRegistration')}
          </Link>
        )}
      </p>
    </div>
  )
}

export function InvitationDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      open
      width="small"
      title={t('users.invite')}
      closeLabel={t('common.close')}
      onClose={onClose}
    >
      <Invitation />
    </Dialog>
  )
}
