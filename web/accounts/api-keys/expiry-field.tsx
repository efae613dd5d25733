import { t } from '../../text/i18n.ts'
import { Field, Select, TextInput } from '../../ui/field.tsx'
import { dayText } from '../../ui/key-facts.tsx'
import { dateText, type ExpiryChoice } from './key-draft.ts'
import type { KeyFieldsProps } from './key-fields.tsx'

/** Until when a key is accepted. */
export function ExpiryField({ draft, apiKey, unfit, onChange }: KeyFieldsProps) {
  const ends = apiKey?.expiresAt ?? null
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('apiKeys.expiry')}>
        <Select
          value={draft.expiry}
          onChange={({ target }) => onChange({ expiry: target.value as ExpiryChoice })}
        >
          {ends !== null && (
            <option value="keep">{t('apiKeys.expiry.keep', { date: dayText(ends) })}</option>
          )}
          <option value="never">{t('apiKeys.expiry.never')}</option>
          <option value="30">{t('apiKeys.expiry.days', { n: 30 })}</option>
          <option value="90">{t('apiKeys.expiry.days', { n: 90 })}</option>
          <option value="365">{t('apiKeys.expiry.year')}</option>
          <option value="date">{t('apiKeys.expiry.date')}</option>
        </Select>
      </Field>
      {draft.expiry === 'date' && (
        <Field label={t('apiKeys.date')} error={unfit.has('date') ? t('apiKeys.dateUnfit') : null}>
          <TextInput
            type="date"
            min={dateText()}
            value={draft.date}
            onChange={({ target }) => onChange({ date: target.value })}
          />
        </Field>
      )}
    </div>
  )
}
