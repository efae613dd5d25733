import type { ReactNode } from 'react'
import { t } from '../text/i18n.ts'
import { Field, TextInput } from './field.tsx'

interface UsernameFieldProps {
  value: string
  hint?: ReactNode
  error?: string | null | undefined
  lengthMax: number
  /** In a dialog: takes the focus when it opens. */
  takesFocus?: boolean
  /** Of whoever types it, so that the browser may fill it in. */
  isOwn?: boolean
  onChange: (value: string) => void
}

/** A username, as browsers and keyboards of phones should treat one. */
export function UsernameField(props: UsernameFieldProps) {
  const { value, hint, error, lengthMax, takesFocus = false, isOwn = true, onChange } = props
  return (
    <Field label={t('account.username')} hint={hint} error={error}>
      <TextInput
        name="username"
        autoComplete={isOwn ? 'username' : 'off'}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        required
        maxLength={lengthMax}
        data-autofocus={takesFocus || undefined}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  )
}
