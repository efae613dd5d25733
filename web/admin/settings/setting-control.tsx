import { TextArea, TextInput } from '../../ui/field.tsx'
import { SwitchButton } from '../../ui/switch.tsx'
import { ChoiceControl } from './choice-control.tsx'
import { ColourControl } from './colour-control.tsx'
import type { Control, SettingField } from './setting-field.ts'
import { ListControl } from './list-control.tsx'
import { ModelControl } from './model-control.tsx'
import { NumberControl } from './number-control.tsx'
import { PairsControl } from './pairs-control.tsx'
import { SecretControl } from './secret-control.tsx'
import { wordFor } from './setting-texts.ts'
import { ZoneControl } from './zone-control.tsx'

interface SettingControlProps {
  field: SettingField
  stored: unknown
  typed: unknown
  id: string
  describedBy: string
  onType: (typed: unknown) => void
}

const broad: readonly Control['type'][] = ['longText', 'list', 'pairs', 'secret']

/** So many letters of a line have room beside its label. */
const lettersMax = 60

/** Whether the control takes the whole width of its row. */
export function isBroad(control: Control): boolean {
  return control.type === 'text'
    ? (control.lengthMax ?? 0) > lettersMax
    : broad.includes(control.type)
}

/** Whether a label can point at the control: there is one, and not several. */
export function hasOneControl({ control }: SettingField): boolean {
  return control.type !== 'pairs'
}

/** What the setting is set with; stands in a `Labelled`. */
export function SettingControl({ stored, ...rest }: SettingControlProps) {
  const { field, typed, id, describedBy, onType } = rest
  const { key, control } = field
  switch (control.type) {
    case 'switch':
      return <SwitchButton {...{ id, describedBy }} checked={typed === true} onChange={onType} />
    case 'choice':
      return <ChoiceControl {...rest} control={control} />
    case 'number':
      return <NumberControl {...rest} control={control} />
    case 'colour':
      return <ColourControl {...rest} control={control} />
    case 'timeZone':
      return <ZoneControl {...rest} control={control} />
    case 'model':
      return <ModelControl {...rest} control={control} />
    case 'pairs':
      return <PairsControl {...rest} control={control} />
    case 'list':
      return <ListControl {...rest} control={control} />
    case 'secret':
      return <SecretControl {...rest} control={control} isSet={isSet(stored)} />
    case 'longText':
    case 'text': {
      const Input = control.type === 'text' ? TextInput : TextArea
      return (
        <Input
          value={String(typed)}
          placeholder={field.default === '' ? wordFor(key, 'empty') : undefined}
          onChange={({ target }: { target: { value: string } }) => onType(target.value)}
        />
      )
    }
    default:
      return control satisfies never
  }
}

function isSet(stored: unknown): boolean {
  return (stored as { set?: boolean } | undefined)?.set === true
}
