import { capabilityFlags, type CapabilityFlag } from '#contract/models.ts'
import { t } from '../text/i18n.ts'
import { Field, Select } from '../ui/field.tsx'

interface CapabilityFieldsProps {
  legend: string
  hint?: string
  valueOf: (flag: CapabilityFlag) => string
  optionsOf: (flag: CapabilityFlag) => readonly (readonly [value: string, label: string])[]
  onChange: (flag: CapabilityFlag, value: string) => void
}

/** One choice for each thing a model may be able to do. */
export function CapabilityFields(props: CapabilityFieldsProps) {
  const { legend, hint, valueOf, optionsOf, onChange } = props
  return (
    <fieldset>
      <legend className="text-sm font-medium">{legend}</legend>
      {hint && <p className="mt-0.5 text-sm text-muted">{hint}</p>}
      <div className="mt-2 grid gap-x-5 gap-y-3 sm:grid-cols-2">
        {capabilityFlags.map((flag) => (
          <Field key={flag} label={t(`details.ability.${flag}`)}>
            <Select value={valueOf(flag)} onChange={({ target }) => onChange(flag, target.value)}>
              {optionsOf(flag).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
        ))}
      </div>
    </fieldset>
  )
}
