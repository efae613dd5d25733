import { Field, TextInput } from './field.tsx'

interface TypedFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
}

/** Has something typed letter by letter, so that what cannot be taken back is not done in passing. */
export function TypedField({ label, value, onChange }: TypedFieldProps) {
  return (
    <Field label={label}>
      <TextInput
        data-autofocus
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  )
}
