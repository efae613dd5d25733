import { t } from '../../text/i18n.ts'
import { SecretInput } from '../../ui/secret-input.tsx'
import { secretLabels } from '../secret-labels.ts'
import type { ControlProps } from './control-props.ts'

/** A secret that can be set, replaced and cleared, and never be read: `typed` is what replaces it. */
export function SecretControl({
  typed,
  onType,
  isSet,
}: ControlProps<'secret'> & { isSet: boolean }) {
  const labels = secretLabels()
  const keep = () => onType(undefined)
  if (typed === null) {
    return (
      <SecretInput
        kept={t('secret.clearedOnSave')}
        value=""
        labels={{ ...labels, clear: labels.keep }}
        onChange={onType}
        onReplace={() => onType('')}
        onClear={keep}
      />
    )
  }
  return (
    <SecretInput
      kept={isSet && typeof typed !== 'string' ? t('centre.set') : null}
      value={typeof typed === 'string' ? typed : ''}
      labels={labels}
      onChange={onType}
      onReplace={() => onType('')}
      onClear={() => onType(null)}
      onKeep={isSet ? keep : undefined}
    />
  )
}
