import { t } from '../../text/i18n.ts'
import { Field, TextArea } from '../../ui/field.tsx'

interface ReasonFieldProps {
  value: string
  onChange: (value: string) => void
}

/** Why something was decided against somebody, for them to read. */
export function ReasonField({ value, onChange }: ReasonFieldProps) {
  return (
    <Field label={t('users.reason')} hint={t('users.reasonHint')}>
      <TextArea
        rows={2}
        maxLength={200}
        data-autofocus
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  )
}
