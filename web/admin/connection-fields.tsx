import type { Connection, Vendor } from '#contract/connections.ts'
import { t } from '../text/i18n.ts'
import { Disclosure } from '../ui/disclosure.tsx'
import { Field, Select, TextArea, TextInput } from '../ui/field.tsx'
import { SecretInput } from '../ui/secret-input.tsx'
import { needsKeyAgain, type ConnectionDraft, type ConnectionField } from './connection-draft.ts'
import { HeaderFields } from './header-fields.tsx'
import { secretLabels } from './secret-labels.ts'
import { suggestedUrl, vendorPresets } from './vendors.ts'

export interface ConnectionFieldsProps {
  draft: ConnectionDraft
  stored: Connection | null
  errors: Partial<Record<ConnectionField, string>>
  onChange: (change: Partial<ConnectionDraft>) => void
}

/** The fields of a connection; what most never need is folded away. */
export function ConnectionFields(props: ConnectionFieldsProps) {
  const { draft, errors, onChange } = props
  const hasDetails = Boolean(draft.prefix || draft.tags || draft.modelIds || draft.headers.length)
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={t('connections.vendor')} error={errors.vendor}>
          <Select
            value={draft.vendor}
            onChange={({ target }) => onChange(vendorChange(draft, target.value as Vendor))}
          >
            <option value="auto">{t('connections.vendorAuto')}</option>
            {Object.entries(vendorPresets).map(([vendor, { label }]) => (
              <option key={vendor} value={vendor}>
                {label}
              </option>
            ))}
            <option value="other">{t('connections.vendorOther')}</option>
          </Select>
        </Field>
        <Field label={t('connections.name')} error={errors.name}>
          <TextInput
            value={draft.name}
            maxLength={60}
            placeholder={t('connections.namePlaceholder')}
            onChange={({ target }) => onChange({ name: target.value })}
          />
        </Field>
      </div>
      <Field
        label={t('connections.baseUrl')}
        hint={t('connections.baseUrlHint')}
        error={errors.baseUrl}
      >
        <TextInput
          type="url"
          inputMode="url"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={300}
          placeholder="https://api.openai.com/v1"
          value={draft.baseUrl}
          onChange={({ target }) => onChange({ baseUrl: target.value })}
        />
      </Field>
      <Field label={t('connections.auth')}>
        <Select
          value={draft.auth}
          onChange={({ target }) => onChange({ auth: target.value as ConnectionDraft['auth'] })}
        >
          <option value="key">{t('connections.authKey')}</option>
          <option value="none">{t('connections.authNone')}</option>
        </Select>
      </Field>
      {draft.auth === 'key' && <KeyField {...props} />}
      <Disclosure summary={t('connections.more')} defaultOpen={hasDetails}>
        <DetailFields {...props} />
      </Disclosure>
    </>
  )
}

function vendorChange(draft: ConnectionDraft, vendor: Vendor): Partial<ConnectionDraft> {
  const isLocal = vendor !== 'auto' && vendor !== 'other' && vendorPresets[vendor].isLocal
  const isUntouched = draft.apiKey.type === 'replace' && draft.apiKey.value === ''
  return {
    vendor,
    baseUrl: suggestedUrl(vendor, draft.baseUrl),
    ...(isUntouched && { auth: isLocal ? 'none' : 'key' }),
  }
}

function KeyField({ draft, stored, errors, onChange }: ConnectionFieldsProps) {
  const { apiKey } = draft
  const isSet = stored?.apiKey.set ?? false
  const kept =
    apiKey.type === 'keep' ? t('connections.keySet', { hint: stored?.apiKey.hint ?? '' }) : null
  const hint = needsKeyAgain(draft, stored)
    ? t('connections.keyAgain')
    : apiKey.type === 'clear'
      ? t('connections.keyCleared')
      : null
  return (
    <Field label={t('connections.apiKey')} hint={hint} error={errors.apiKey}>
      <SecretInput
        kept={kept}
        value={apiKey.type === 'replace' ? apiKey.value : ''}
        placeholder="sk-…"
        labels={secretLabels()}
        onChange={(value) => onChange({ apiKey: { type: 'replace', value } })}
        onReplace={() => onChange({ apiKey: { type: 'replace', value: '' } })}
        onClear={() => onChange({ apiKey: { type: 'clear' } })}
        onKeep={isSet ? () => onChange({ apiKey: { type: 'keep' } }) : undefined}
      />
    </Field>
  )
}

function DetailFields({ draft, errors, onChange }: ConnectionFieldsProps) {
  return (
    <div className="flex flex-col gap-5 pt-3">
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label={t('connections.prefix')}
          hint={t('connections.prefixHint')}
          error={errors.prefix}
        >
          <TextInput
            value={draft.prefix}
            maxLength={40}
            autoCapitalize="none"
            spellCheck={false}
            onChange={({ target }) => onChange({ prefix: target.value })}
          />
        </Field>
        <Field label={t('connections.tags')} hint={t('connections.tagsHint')} error={errors.tags}>
          <TextInput
            value={draft.tags}
            onChange={({ target }) => onChange({ tags: target.value })}
          />
        </Field>
      </div>
      <Field
        label={t('connections.modelIds')}
        hint={t('connections.modelIdsHint')}
        error={errors.modelIds}
      >
        <TextArea
          rows={3}
          spellCheck={false}
          className="font-mono"
          value={draft.modelIds}
          onChange={({ target }) => onChange({ modelIds: target.value })}
        />
      </Field>
      <HeaderFields
        headers={draft.headers}
        error={errors.headers}
        onChange={(headers) => onChange({ headers })}
      />
    </div>
  )
}
