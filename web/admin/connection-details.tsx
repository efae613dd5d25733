import type { CapabilityFlag } from '#contract/models.ts'
import { t } from '../text/i18n.ts'
import { Field, TextInput } from '../ui/field.tsx'
import { CapabilityFields } from './capability-fields.tsx'
import type { ConnectionDraft } from './connection-draft.ts'
import type { ConnectionFieldsProps } from './connection-fields.tsx'
import { HeaderFields } from './header-fields.tsx'
import { ModelIdsField } from './model-ids-field.tsx'
import { providerTexts } from './provider-texts.ts'

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
      <CapabilityFields
        legend={t('connect.capabilities')}
        hint={t('connect.capabilitiesHint')}
        valueOf={(flag) => wordOf(draft.capabilities[flag])}
        optionsOf={() => [
          ['auto', t('admin.asDetected')],
          ['yes', t('admin.yes')],
          ['no', t('admin.no')],
        ]}
        onChange={(flag, value) =>
          onChange({ capabilities: withFlag(draft.capabilities, flag, value) })
        }
      />
      <HeaderFields
        headers={draft.headers}
        error={errors.headers}
        onChange={(headers) => onChange({ headers })}
      />
    </div>
  )
}

function wordOf(said: boolean | undefined): string {
  return said === undefined ? 'auto' : said ? 'yes' : 'no'
}

function withFlag(
  said: ConnectionDraft['capabilities'],
  flag: CapabilityFlag,
  word: string,
): ConnectionDraft['capabilities'] {
  const { [flag]: _, ...others } = said
  return word === 'auto' ? others : { ...others, [flag]: word === 'yes' }
}
