import { Button } from './button.tsx'
import { PasswordInput } from './password-input.tsx'

interface SecretInputProps {
  /** What is shown in the place of a secret that is set and stays; null shows the field. */
  kept: string | null
  value: string
  onChange: (value: string) => void
  onReplace: () => void
  /** Without it the secret can only be replaced. */
  onClear?: () => void
  /** Back to the stored secret, where there is one. */
  onKeep?: (() => void) | undefined
  labels: {
    replace: string
    clear: string
    keep: string
    show: string
    hide: string
  }
  placeholder?: string
}

/** A secret that can be written but never read: set, replaced or cleared. */
export function SecretInput(props: SecretInputProps) {
  const { kept, value, onChange, onReplace, onClear, onKeep, labels, placeholder } = props
  if (kept !== null) {
    return (
      <div className="flex min-h-10 items-center gap-2 rounded-control border border-line bg-sunken py-1 pl-3 pr-1 text-sm">
        <span className="min-w-0 flex-1 truncate text-muted">{kept}</span>
        <Button size="small" variant="ghost" onClick={onReplace}>
          {labels.replace}
        </Button>
        {onClear && (
          <Button size="small" variant="ghost" onClick={onClear}>
            {labels.clear}
          </Button>
        )}
      </div>
    )
  }
  return (
    <div className="flex items-center gap-2">
      <div className="flex-1">
        <PasswordInput
          autoComplete="off"
          data-1p-ignore
          showLabel={labels.show}
          hideLabel={labels.hide}
          value={value}
          placeholder={placeholder}
          onChange={({ target }) => onChange(target.value)}
        />
      </div>
      {onKeep && (
        <Button size="small" variant="ghost" onClick={onKeep}>
          {labels.keep}
        </Button>
      )}
    </div>
  )
}
