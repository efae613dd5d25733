import { Search } from 'lucide-react'
import { Field, TextInput } from './field.tsx'

interface SearchInputProps {
  label: string
  value: string
  className: string
  onChange: (value: string) => void
}

/** What a list is searched for. */
export function SearchInput({ label, value, className, onChange }: SearchInputProps) {
  return (
    <Field label={label} hideLabel className={className}>
      <span className="relative block">
        <Search
          aria-hidden
          className="pointer-events-none absolute left-3 top-1/2 size-4 -translate-y-1/2 text-muted"
        />
        <TextInput
          type="search"
          placeholder={label}
          className="pl-9"
          maxLength={100}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      </span>
    </Field>
  )
}
