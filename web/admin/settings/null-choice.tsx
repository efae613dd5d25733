import { Checkbox } from '../../ui/checkbox.tsx'
import type { SettingField } from './setting-field.ts'
import { wordFor } from './setting-texts.ts'

interface NullChoiceProps {
  field: SettingField
  word?: 'null' | 'all'
  checked: boolean
  onChange: (checked: boolean) => void
}

/** Takes the place of a value: no limit, kept for ever, left to somebody else. */
export function NullChoice({ field, word = 'null', checked, onChange }: NullChoiceProps) {
  return <Checkbox label={wordFor(field.key, word)} checked={checked} onChange={onChange} />
}
