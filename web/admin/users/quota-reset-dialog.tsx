import { useState } from 'react'
import { resetQuotas } from '#contract/quotas.ts'
import { call } from '../../api/call.ts'
import { t } from '../../text/i18n.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Segments } from '../../ui/segments.tsx'
import { toast } from '../../ui/toast.ts'
import { FormDialog } from './form-dialog.tsx'

type Scope = 'users' | 'guests'
const scopes: readonly Scope[] = ['users', 'guests']

interface QuotaResetDialogProps {
  onDone: () => void
  onClose: () => void
}

/** Begins the day anew for everybody of a kind, or takes away what was set for single users. */
export function QuotaResetDialog({ onDone, onClose }: QuotaResetDialogProps) {
  const [scope, setScope] = useState<Scope>('users')
  const [resetUsed, setResetUsed] = useState(true)
  const [drops, setDrops] = useState(false)
  const dropCustom = drops && scope === 'users'

  async function reset() {
    const { reset: n } = await call(resetQuotas, { body: { scope, resetUsed, dropCustom } })
    toast(t(`users.quotasReset.${scope}`, { n }), { tone: 'success' })
    onDone()
    onClose()
  }

  return (
    <FormDialog
      danger={dropCustom}
      title={t('users.resetQuotas')}
      submitLabel={t('users.resetSubmit')}
      disabled={!resetUsed && !dropCustom}
      onSubmit={reset}
      onClose={onClose}
    >
      <Segments
        label={t('users.resetScope')}
        value={scope}
        options={scopes.map((value) => ({ value, label: t(`users.resetScope.${value}`) }))}
        onChange={(next) => {
          setScope(next)
          // There is only one thing to reset of guests.
          if (next === 'guests') setResetUsed(true)
        }}
      />
      <p className="text-sm leading-6 text-muted">{t(`users.resetText.${scope}`)}</p>
      {scope === 'users' && (
        <div className="flex flex-col gap-3">
          <Checkbox label={t('users.resetCounts')} checked={resetUsed} onChange={setResetUsed} />
          <Checkbox label={t('users.dropLimits')} checked={drops} onChange={setDrops} />
        </div>
      )}
    </FormDialog>
  )
}
