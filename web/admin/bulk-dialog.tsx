import { useState, type FormEvent } from 'react'
import type { ModelOverride } from '#contract/models.ts'
import { errorText } from '../api/error-text.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, Select, TextInput } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import {
  bulkPatchOf,
  unfitLimits,
  untouched,
  type BulkDraft,
  type FlagChoice,
  type TextChoice,
} from './bulk-draft.ts'
import { CapabilityFields } from './capability-fields.tsx'
import { audiences, contextBounds, outputBounds } from './model-draft.ts'

interface BulkDialogProps {
  count: number
  /** Stores the patch for all of them; rejects with the refusal. */
  onSave: (patch: ModelOverride) => Promise<void>
  onClose: () => void
}

/** The same change for many models; a field that is not chosen stays as it is in each. */
export function BulkDialog({ count, onSave, onClose }: BulkDialogProps) {
  const [draft, setDraft] = useState(untouched)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const patch = bulkPatchOf(draft)
  const unfit = unfitLimits(draft)
  const isUnready = unfit.length > 0 || Object.keys(patch).length === 0
  const change = (next: Partial<BulkDraft>) => setDraft({ ...draft, ...next })

  async function save(event: FormEvent) {
    event.preventDefault()
    if (isUnready || busy) return
    setBusy(true)
    setError(null)
    try {
      await onSave(patch)
    } catch (refusal) {
      setError(refusal)
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      width="large"
      title={t('models.bulkTitle', { n: count })}
      closeLabel={t('common.close')}
      onClose={onClose}
      notice={error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            type="submit"
            form="bulk-form"
            variant="primary"
            disabled={isUnready}
            loading={busy}
          >
            {t('common.save')}
          </Button>
        </>
      }
    >
      <p className="-mt-1 mb-5 text-sm text-muted">{t('models.bulkHint')}</p>
      <form id="bulk-form" noValidate onSubmit={save} className="flex flex-col gap-6">
        <div className="grid gap-5 sm:grid-cols-2">
          <ChoiceField
            label={t('models.field.tags')}
            choice={draft.tags}
            onChange={(tags) => change({ tags })}
          />
          <Field label={t('models.field.hidden')}>
            <Select
              value={draft.hidden}
              onChange={({ target }) => change({ hidden: target.value as BulkDraft['hidden'] })}
            >
              <option value="leave">{t('models.leave')}</option>
              <option value="yes">{t('admin.yes')}</option>
              <option value="no">{t('admin.no')}</option>
            </Select>
          </Field>
          <ChoiceField
            label={t('models.field.context')}
            choice={draft.contextWindow}
            error={unfit.includes('contextWindow') ? t('models.unfitCount', contextBounds) : null}
            onChange={(contextWindow) => change({ contextWindow })}
          />
          <ChoiceField
            label={t('models.field.output')}
            choice={draft.outputTokens}
            error={unfit.includes('outputTokens') ? t('models.unfitCount', outputBounds) : null}
            onChange={(outputTokens) => change({ outputTokens })}
          />
          {audiences.map((audience) => (
            <Field
              key={audience}
              label={`${t('models.field.access')}: ${t(`models.audience.${audience}`)}`}
            >
              <Select
                value={draft.access[audience]}
                onChange={({ target }) =>
                  change({ access: { ...draft.access, [audience]: target.value } })
                }
              >
                <option value="leave">{t('models.leave')}</option>
                <option value="inherit">{t('models.inheritBare')}</option>
                <option value="allow">{t('models.allow')}</option>
                <option value="deny">{t('models.deny')}</option>
              </Select>
            </Field>
          ))}
        </div>
        <CapabilityFields
          legend={t('models.field.abilities')}
          valueOf={(flag) => draft.capabilities[flag]}
          optionsOf={() => [
            ['leave', t('models.leave')],
            ['reset', t('models.asSource')],
            ['yes', t('admin.yes')],
            ['no', t('admin.no')],
          ]}
          onChange={(flag, choice) =>
            change({ capabilities: { ...draft.capabilities, [flag]: choice as FlagChoice } })
          }
        />
      </form>
    </Dialog>
  )
}

interface ChoiceFieldProps {
  label: string
  choice: TextChoice
  error?: string | null
  onChange: (choice: TextChoice) => void
}

function ChoiceField({ label, choice, error, onChange }: ChoiceFieldProps) {
  return (
    <div className="flex flex-col gap-2">
      <Field label={label}>
        <Select
          value={choice.type}
          onChange={({ target }) =>
            onChange(
              target.value === 'set'
                ? { type: 'set', text: '' }
                : { type: target.value as 'leave' | 'reset' },
            )
          }
        >
          <option value="leave">{t('models.leave')}</option>
          <option value="reset">{t('models.asSource')}</option>
          <option value="set">{t('models.setTo')}</option>
        </Select>
      </Field>
      {choice.type === 'set' && (
        <Field
          label={t('models.newValue', { field: label })}
          hideLabel
          error={choice.text === '' ? null : error}
        >
          <TextInput
            value={choice.text}
            onChange={({ target }) => onChange({ type: 'set', text: target.value })}
          />
        </Field>
      )}
    </div>
  )
}
