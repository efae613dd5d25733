import { Select } from '../../ui/field.tsx'
import { Segments } from '../../ui/segments.tsx'
import type { ControlProps } from './control-props.ts'
import { labelOf, wordFor } from './setting-texts.ts'

/** So much fits beside each other, also on a phone. */
const segmentsMax = 3
const lettersMax = 20

/** One of several: all in view where they are few and short, else from a list. */
export function ChoiceControl(props: ControlProps<'choice'>) {
  const { field, control, typed, describedBy, onType } = props
  const options = control.options.map((value) => ({ value, label: wordFor(field.key, value) }))
  const letters = options.reduce((sum, { label }) => sum + widthOf(label), 0)
  if (options.length <= segmentsMax && letters <= lettersMax) {
    return (
      <Segments
        label={labelOf(field.key)}
        value={String(typed)}
        options={options}
        describedBy={describedBy}
        onChange={onType}
      />
    )
  }
  return (
    <Select value={String(typed)} onChange={({ target }) => onType(target.value)}>
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </Select>
  )
}

/** A Chinese character takes the room of two letters. */
function widthOf(label: string): number {
  return Array.from(label).reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0)
}
