import type { Control, SettingField } from './setting-field.ts'

/** What every control of a setting is given: what is typed or stored, and where a change goes. */
export interface ControlProps<Type extends Control['type']> {
  field: SettingField
  control: Extract<Control, { type: Type }>
  typed: unknown
  /** Of the control's label and description, for what stands in no `Field`. */
  id: string
  describedBy: string
  onType: (typed: unknown) => void
}
