import { t } from '../text/i18n.ts'
import { Checkbox } from '../ui/checkbox.tsx'

interface KeepFieldProps {
  keeps: boolean
  onChange: (keeps: boolean) => void
}

/** Whether what a guest has said is to become the account's. */
export function KeepField({ keeps, onChange }: KeepFieldProps) {
  return (
    <div>
      <Checkbox label={t('signIn.keep')} checked={keeps} onChange={onChange} />
      <p className="mt-0.5 pl-7 text-sm text-muted">{t('signIn.keepHint')}</p>
    </div>
  )
}
