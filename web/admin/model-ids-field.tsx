import { t } from '../text/i18n.ts'
import { Field, TextArea } from '../ui/field.tsx'
import type { ConnectionFieldsProps } from './connection-fields.tsx'
import { providerTexts } from './provider-texts.ts'

/** The models of a connection by name, where they are not simply all there are. */
export function ModelIdsField({ draft, provider, errors, onChange }: ConnectionFieldsProps) {
  const { modelIds } = providerTexts(provider.id)
  return (
    <Field
      label={t(modelIds?.label ?? 'connections.modelIds')}
      hint={t(modelIds?.hint ?? 'connect.modelIdsHint')}
      error={errors.modelIds}
    >
      <TextArea
        rows={3}
        spellCheck={false}
        autoCapitalize="none"
        className="font-mono"
        placeholder={modelIds?.example}
        value={draft.modelIds}
        onChange={({ target }) => onChange({ modelIds: target.value })}
      />
    </Field>
  )
}
