import type { ReactNode } from 'react'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'

interface OverrideFieldProps {
  label: string
  hint: string
  /** What it is when it is not overridden, and who says so. */
  original: { value: string; source?: string }
  isSet: boolean
  error?: string | null | undefined
  onReset: () => void
  children: ReactNode
}

/** A field that can be overridden: it shows what it returns to, and returns there by a button. */
export function OverrideField(props: OverrideFieldProps) {
  const { label, hint, original, isSet, error, onReset, children } = props
  return (
    <div className="relative">
      <Field label={label} hint={`${hint} ${originalText(original)}`} error={error}>
        {children}
      </Field>
      {isSet && <ResetButton field={label} onReset={onReset} />}
    </div>
  )
}

/** In words, what a field is when nobody overrides it. */
export function originalText({ value, source }: OverrideFieldProps['original']): string {
  return source ? t('models.otherwise', { value, source }) : t('models.otherwiseBare', { value })
}

/** Stands at the end of the line with the field's label. */
export function ResetButton({ field, onReset }: { field: string; onReset: () => void }) {
  return (
    <Button
      variant="ghost"
      size="small"
      className="absolute! -top-1.5 right-0 text-accent pointer-coarse:-top-3"
      aria-label={t('models.resetField', { field })}
      onClick={onReset}
    >
      {t('models.reset')}
    </Button>
  )
}
