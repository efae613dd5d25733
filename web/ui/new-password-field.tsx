import { t } from '../text/i18n.ts'
import { Field } from './field.tsx'
import { PasswordInput } from './password-input.tsx'
import { PasswordRuleList } from './password-rule-list.tsx'

interface NewPasswordFieldProps {
  label: string
  username: string
  value: string
  error: string | null | undefined
  /** Legible from the beginning. */
  isShown?: boolean
  onChange: (value: string) => void
}

/** A password to be, with the rules it has to keep. */
export function NewPasswordField(props: NewPasswordFieldProps) {
  const { label, username, value, error, isShown = false, onChange } = props
  return (
    <div className="flex flex-col gap-3">
      <Field label={label} error={error}>
        <PasswordInput
          name="new-password"
          autoComplete="new-password"
          required
          isShown={isShown}
          showLabel={t('password.show')}
          hideLabel={t('password.hide')}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      </Field>
      <PasswordRuleList password={value} username={username} />
    </div>
  )
}
