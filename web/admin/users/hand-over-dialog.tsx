import { useBranding } from '../../api/branding.ts'
import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'

interface HandOverDialogProps {
  title: string
  username: string
  password: string
  onClose: () => void
}

/** What somebody needs in order to sign in, to be passed on: nobody can read the password later. */
export function HandOverDialog({ title, username, password, onClose }: HandOverDialogProps) {
  const { name } = useBranding()
  const rows = [
    [t('users.address'), `${location.origin}/auth/sign-in`],
    [t('account.username'), username],
    [t('account.password'), password],
  ] as const
  const text = [name, ...rows.map(([label, value]) => `${label}: ${value}`)].join('\n')
  return (
    <Dialog
      open
      width="small"
      title={title}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <>
          <CopyButton text={text} label={t('users.copyAll')} />
          <Button variant="primary" onClick={onClose}>
            {t('users.done')}
          </Button>
        </>
      }
    >
      <p className="text-sm leading-6 text-muted">{t('users.handOver')}</p>
      <dl className="mt-4 flex flex-col gap-3 rounded-control bg-sunken px-4 py-3.5">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt className="text-xs text-muted">{label}</dt>
            <dd className="font-mono text-sm [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
