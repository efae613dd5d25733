import { keyLimitBounds, keyNameLengthMax, type ApiKey } from '#contract/api-keys.ts'
import { t } from '../../text/i18n.ts'
import { Field, TextInput } from '../../ui/field.tsx'
import { ExpiryField } from './expiry-field.tsx'
import { limitNames, type KeyDraft, type LimitName, type UnfitField } from './key-draft.ts'
import { ModelsField } from './models-field.tsx'
import { ScopesField } from './scopes-field.tsx'

export interface KeyFieldsProps {
  draft: KeyDraft
  /** The key that is changed; null for a new one. */
  apiKey: ApiKey | null
  unfit: ReadonlySet<UnfitField>
  onChange: (part: Partial<KeyDraft>) => void
}

/** All that can be said of a key. */
export function KeyFields(props: KeyFieldsProps) {
  const { draft, apiKey, unfit, onChange } = props
  return (
    <div className="flex flex-col gap-6">
      <Field label={t('apiKeys.name')} hint={t('apiKeys.nameHint')} error={nameError(unfit)}>
        <TextInput
          data-autofocus
          autoComplete="off"
          placeholder={apiKey ? undefined : t('apiKeys.nameExample')}
          value={draft.name}
          onChange={({ target }) => onChange({ name: target.value })}
        />
      </Field>
      <ExpiryField {...props} />
      <ScopesField {...props} />
      <ModelsField {...props} />
      <fieldset className="flex flex-col gap-2">
        <legend className="text-sm font-medium">{t('apiKeys.limits')}</legend>
        <p className="text-sm text-muted">{t('apiKeys.limitsHint')}</p>
        <div className="mt-1 grid gap-4 sm:grid-cols-3">
          {limitNames.map((name) => (
            <LimitField key={name} {...props} name={name} />
          ))}
        </div>
      </fieldset>
    </div>
  )
}

function nameError(unfit: KeyFieldsProps['unfit']): string | null {
  if (unfit.has('nameMissing')) return t('apiKeys.nameMissing')
  return unfit.has('nameTooLong') ? t('apiKeys.nameTooLong', { max: keyNameLengthMax }) : null
}

function LimitField({ draft, unfit, onChange, name }: KeyFieldsProps & { name: LimitName }) {
  return (
    <Field
      label={t(`apiKeys.limit.${name}`)}
      error={unfit.has(name) ? t('apiKeys.limitUnfit', keyLimitBounds[name]) : null}
    >
      <TextInput
        inputMode="numeric"
        autoComplete="off"
        value={draft.limits[name]}
        onChange={({ target }) => onChange({ limits: { ...draft.limits, [name]: target.value } })}
      />
    </Field>
  )
}
