import { t } from '../../text/i18n.ts'
import { TextInput } from '../../ui/field.tsx'
import { longerUnitText, unitText } from './amount-text.ts'
import type { ControlProps } from './control-props.ts'
import { NullChoice } from './null-choice.tsx'
import { numberText, readTyped } from './typed-value.ts'

/** A number with its unit behind it, and where it may be none a box for that. */
export function NumberControl({ field, control, typed, onType }: ControlProps<'number'>) {
  const { unit, factor, min } = control
  const isNone = typed === null
  const read = isNone ? null : readTyped(field, typed)
  const shown = read?.ok ? Number(read.value) / factor : null
  const longer = shown === null ? null : longerUnitText(shown, unit)

  function setNone(none: boolean) {
    if (none) return onType(null)
    const { default: fallback } = field
    onType(numberText(typeof fallback === 'number' ? fallback / factor : Math.max(min, 1)))
  }
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-2.5">
        <TextInput
          inputMode={control.isWhole ? 'numeric' : 'decimal'}
          maxLength={16}
          disabled={isNone}
          className="max-w-32 tabular-nums"
          value={isNone ? '' : String(typed)}
          onChange={({ target }) => onType(target.value)}
        />
        {unit && !isNone && (
          <span className="text-sm text-muted">{unitText(shown ?? 2, unit)}</span>
        )}
      </div>
      {longer && !isNone && (
        <p className="-mt-1 text-sm text-muted">{t('centre.equals', { value: longer })}</p>
      )}
      {field.isNullable && <NullChoice field={field} checked={isNone} onChange={setNone} />}
    </div>
  )
}
