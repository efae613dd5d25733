import { t } from '../text/i18n.ts'
import { Field, TextInput } from '../ui/field.tsx'
import type { ConnectionFieldsProps } from './connection-fields.tsx'
import { HeaderFields } from './header-fields.tsx'
import { ModelIdsField } from './model-ids-field.tsx'
import { providerTexts } from './provider-texts.ts'
import { SaidCapabilityFields } from './said-capability-fields.tsx'

/** What most connections do without. */
export function ConnectionDetails(props: ConnectionFieldsProps) {
  const { draft, provider, errors, onChange } = props
  const hasIds = provider.fields.includes('modelIds') && !providerTexts(provider.id).modelIds
  return (
    <div className="flex flex-col gap-5 pt-3">
      {hasIds && <ModelIdsField {...props} />}
      <Field label={t('connections.prefix')} hint={t('connect.prefixHint')} error={errors.prefix}>
        <TextInput
          value={draft.prefix}
          maxLength={40}
          autoCapitalize="none"
          spellCheck={false}
          onChange={({ target }) => onChange({ prefix: target.value })}
        />
      </Field>
      <Field label={t('connections.tags')} hint={t('connect.tagsHint')} error={errors.tags}>
        <TextInput value={draft.tags} onChange={({ target }) => onChange({ tags: target.value })} />
      </Field>
      <SaidCapabilityFields
        legend={t('connect.capabilities')}
        hint={t('connect.capabilitiesHint')}
        said={draft.capabilities}
        unsaidText={() => t('admin.asDetected')}
        onChange={(capabilities) => onChange({ capabilities })}
      />
      <HeaderFields
        headers={draft.headers}
        error={errors.headers}
        onChange={(headers) => onChange({ headers })}
      />
    </div>
  )
}
