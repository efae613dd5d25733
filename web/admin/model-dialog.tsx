import { useState, type FormEvent } from 'react'
import { overrideModel, type Model } from '#contract/models.ts'
import type { Settings } from '#contract/settings-registry.ts'
import { call } from '../api/call.ts'
import { errorText } from '../api/error-text.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { blankDraft, draftOfModel, patchOfModel, unfitFields } from './model-draft.ts'
import { ModelFields } from './model-fields.tsx'

interface ModelDialogProps {
  model: Model
  settings: Partial<Settings>
  onSaved: (model: Model) => void
  onClose: () => void
}

/** What is said of one model, to change and to take back. */
export function ModelDialog({ model, settings, onSaved, onClose }: ModelDialogProps) {
  const [draft, setDraft] = useState(() => draftOfModel(model))
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const unfit = unfitFields(draft)
  const isBlank = JSON.stringify(draft) === JSON.stringify(blankDraft)

  async function save(event: FormEvent) {
    event.preventDefault()
    if (unfit.length > 0 || busy) return
    const body = patchOfModel(draft, model)
    if (Object.keys(body).length === 0) return onClose()
    setBusy(true)
    setError(null)
    try {
      onSaved(await call(overrideModel, { params: { id: model.id }, body }))
    } catch (refusal) {
      setError(refusal)
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      width="large"
      title={model.label}
      closeLabel={t('common.close')}
      onClose={onClose}
      notice={error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      footer={
        <>
          <Button
            variant="ghost"
            className="mr-auto"
            disabled={isBlank}
            onClick={() => setDraft(blankDraft)}
          >
            {t('models.resetAll')}
          </Button>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            type="submit"
            form="model-form"
            variant="primary"
            disabled={unfit.length > 0}
            loading={busy}
          >
            {t('common.save')}
          </Button>
        </>
      }
    >
      <p className="-mt-1 mb-5 text-sm text-muted [overflow-wrap:anywhere]">
        {model.rawId === model.name ? model.name : `${model.name} · ${model.rawId}`} ·{' '}
        {model.channel} · {t(`models.kind.${model.kind}`)}
      </p>
      <form id="model-form" noValidate onSubmit={save} className="flex flex-col gap-6">
        <ModelFields
          model={model}
          draft={draft}
          unfit={unfit}
          settings={settings}
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
      </form>
    </Dialog>
  )
}
