import { useState } from 'react'
import { Dices } from 'lucide-react'
import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { NewPasswordField } from '../../ui/new-password-field.tsx'
import { generatePassword } from './generate-password.ts'

interface NewPasswordProps {
  username: string
  value: string
  onChange: (value: string) => void
}

/** A password for somebody else: typed, or made up here and then legible. */
export function NewPassword({ username, value, onChange }: NewPasswordProps) {
  const [made, setMade] = useState(0)
  return (
    <div className="flex flex-col gap-3">
      <NewPasswordField
        key={made}
        isShown={made > 0}
        label={t('users.newPassword')}
        username={username}
        value={value}
        error={null}
        onChange={onChange}
      />
      <Button
        size="small"
        icon={<Dices aria-hidden className="size-4" />}
        className="self-start"
        onClick={() => {
          onChange(generatePassword())
          setMade(made + 1)
        }}
      >
        {t('users.generate')}
      </Button>
    </div>
  )
}
