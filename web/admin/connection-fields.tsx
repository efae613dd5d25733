import type { Connection, ProviderInfo, Vendor } from '#contract/connections.ts'
import { t } from '../text/i18n.ts'
import { Disclosure } from '../ui/disclosure.tsx'
import { Field, Select, TextInput } from '../ui/field.tsx'
import { SecretInput } from '../ui/secret-input.tsx'
import { ConnectionDetails } from './connection-details.tsx'
import { needsKeyAgain, type ConnectionDraft, type DraftField } from './connection-draft.ts'
import { ModelIdsField } from './model-ids-field.tsx'
import { providerTexts } from './provider-texts.ts'
import { secretLabels } from './secret-labels.ts'
import { suggestedUrl, vendorPresets } from './vendors.ts'

export interface ConnectionFieldsProps {
  draft: ConnectionDraft
  provider: ProviderInfo
  stored: Connection | null
  errors: Partial<Record<DraftField, string>>
  onChange: (change: Partial<ConnectionDraft>) => void
}

/** The fields of a connection of its kind; what most never need is folded away. */
export function ConnectionFields(props: ConnectionFieldsProps) {
  const { draft, provider, errors, onChange } = props
  const { fields } = provider
  const texts = providerTexts(provider.id)
  return (
    <>
      {fields.includes('vendor') && <VendorField {...props} />}
      <Field label={t('connections.baseUrl')} hint={t(texts.baseUrlHint)} error={errors.baseUrl}>
        <TextInput
          type="url"
          inputMode="url"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={300}
          placeholder={texts.baseUrlExample}
          value={draft.baseUrl}
          onChange={({ target }) => onChange({ baseUrl: target.value })}
        />
      </Field>
      <Field label={t('connections.auth')} hint={t('connect.authHint')} error={errors.auth}>
        <Select
          value={draft.auth}
          onChange={({ target }) => onChange({ auth: target.value as ConnectionDraft['auth'] })}
        >
          <option value="key">{t('connections.authKey')}</option>
          <option value="none">{t('connections.authNone')}</option>
        </Select>
      </Field>
      {draft.auth === 'key' && <KeyField {...props} />}
      {fields.includes('azureApiVersion') && <VersionField {...props} />}
      {fields.includes('numCtx') && <ContextField {...props} />}
      {texts.modelIds && <ModelIdsField {...props} />}
      <Field label={t('connections.name')} hint={t('connect.nameHint')} error={errors.name}>
        <TextInput
          value={draft.name}
          maxLength={60}
          placeholder={t('connections.namePlaceholder')}
          onChange={({ target }) => onChange({ name: target.value })}
        />
      </Field>
      <Disclosure summary={t('connections.more')} defaultOpen={hasDetails(props)}>
        <ConnectionDetails {...props} />
      </Disclosure>
    </>
  )
}

/** Whether something of what is folded away is filled in. */
function hasDetails({ draft, provider }: ConnectionFieldsProps): boolean {
  const { prefix, tags, modelIds, capabilities, headers } = draft
  const hasIds = !providerTexts(provider.id).modelIds && modelIds !== ''
  const hasAbilities = Object.keys(capabilities).length > 0
  return Boolean(prefix || tags || hasIds || hasAbilities || headers.length)
}

function KeyField({ draft, provider, stored, errors, onChange }: ConnectionFieldsProps) {
  const { apiKey } = draft
  const isSet = stored?.apiKey.set ?? false
  const kept =
    apiKey.type === 'keep' ? t('connections.keySet', { hint: stored?.apiKey.hint ?? '' }) : null
  const hint = needsKeyAgain(draft, stored)
    ? t('connections.keyAgain')
    : apiKey.type === 'clear'
      ? t('connections.keyCleared')
      : t(providerTexts(provider.id).keyHint)
  return (
    <Field label={t('connections.apiKey')} hint={hint} error={errors.apiKey}>
      <SecretInput
        kept={kept}
        value={apiKey.type === 'replace' ? apiKey.value : ''}
        labels={secretLabels()}
        onChange={(value) => onChange({ apiKey: { type: 'replace', value } })}
        onReplace={() => onChange({ apiKey: { type: 'replace', value: '' } })}
        onClear={() => onChange({ apiKey: { type: 'clear' } })}
        onKeep={isSet ? () => onChange({ apiKey: { type: 'keep' } }) : undefined}
      />
    </Field>
  )
}

function VendorField({ draft, errors, onChange }: ConnectionFieldsProps) {
  return (
    <Field label={t('connections.vendor')} hint={t('connect.vendorHint')} error={errors.vendor}>
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

function VersionField({ draft, errors, onChange }: ConnectionFieldsProps) {
  return (
    <Field
      label={t('connect.azureApiVersion')}
      hint={t('connect.azureApiVersionHint')}
      error={errors.azureApiVersion}
    >
      <TextInput
        value={draft.azureApiVersion}
        maxLength={40}
        autoCapitalize="none"
        spellCheck={false}
        placeholder="2024-10-21"
        onChange={({ target }) => onChange({ azureApiVersion: target.value })}
      />
    </Field>
  )
}

function ContextField({ draft, errors, onChange }: ConnectionFieldsProps) {
  return (
    <Field label={t('connect.numCtx')} hint={t('connect.numCtxHint')} error={errors.numCtx}>
      <TextInput
        value={draft.numCtx}
        inputMode="numeric"
        maxLength={12}
        placeholder="16384"
        onChange={({ target }) => onChange({ numCtx: target.value })}
      />
    </Field>
  )
}
