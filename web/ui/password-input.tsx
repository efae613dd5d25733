import { useState, type ComponentProps } from 'react'
import { Eye, EyeOff } from 'lucide-react'
import { TextInput } from './field.tsx'
import { IconButton } from './icon-button.tsx'

interface PasswordInputProps extends Omit<ComponentProps<'input'>, 'type'> {
  showLabel: string
  hideLabel: string
  /** Legible from the beginning. */
  isShown?: boolean
}

/** A password field with a button that shows what was typed. */
export function PasswordInput({
  showLabel,
  hideLabel,
  isShown = false,
  ...rest
}: PasswordInputProps) {
  const [shown, setShown] = useState(isShown)
  const Icon = shown ? EyeOff : Eye
  return (
    <span className="relative block">
      <TextInput
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        {...rest}
        type={shown ? 'text' : 'password'}
        className="pr-11"
      />
      <IconButton
        size="small"
        label={shown ? hideLabel : showLabel}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        icon={<Icon className="size-4" />}
        className="absolute right-1.5 top-1/2 -translate-y-1/2"
      />
    </span>
  )
}
