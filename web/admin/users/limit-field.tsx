import { t } from '../../text/i18n.ts'
import { Field, Select, TextInput } from '../../ui/field.tsx'
import { limitOf, type LimitDraft, type LimitKey } from './limits-draft.ts'

interface LimitFieldProps {
  name: LimitKey
  draft: LimitDraft
  /** The installation's limit; undefined while it is not known. */
  installed: number | null | undefined
  bounds: { min: number; max: number }
  onChange: (draft: LimitDraft) => void
}

/** How much somebody may use in a day: as everybody, without limit, or a number. */
export function LimitField({ name, draft, installed, bounds, onChange }: LimitFieldProps) {
  const label = t(`users.limit.${name}`)
  const isUnfit = limitOf(draft, bounds) === 'unfit'
  return (
    <div className="flex flex-col gap-2">
      <Field label={label}>
        <Select
          value={draft.kind}
          onChange={({ target }) =>
            onChange({ ...draft, kind: target.value as LimitDraft['kind'] })
          }
        >
          <option value="default">{installedText(installed)}</option>
          <option value="none">{t('users.noLimit')}</option>
          <option value="own">{t('users.ownNumber')}</option>
        </Select>
      </Field>
      {draft.kind === 'own' && (
        <Field
          label={t('users.limitNumber', { what: label })}
          hideLabel
          hint={t(bounds.min === 0 ? 'users.limitHint' : 'users.limitHintOwn')}
          error={isUnfit ? t('users.limitUnfit', bounds) : null}
        >
          <TextInput
            inputMode="numeric"
            placeholder={installed === null ? t('users.noLimit') : String(installed ?? '')}
            value={draft.text}
            onChange={({ target }) => onChange({ ...draft, text: target.value })}
          />
        </Field>
      )}
    </div>
  )
}

function installedText(installed: number | null | undefined): string {
  if (installed === undefined) return t('users.asInstalled')
  if (installed === null) return t('users.asInstalledNone')
  return t('users.asInstalledNumber', { n: installed })
}
