import { resetModels, type Model } from '#contract/models.ts'
import { call } from '../api/call.ts'
import { errorText } from '../api/error-text.ts'
import { t } from '../text/i18n.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { toast } from '../ui/toast.ts'
import { resetSome } from './bulk-override.ts'

/** Which models are to be as their sources say again. */
export type Reset = { type: 'some'; models: readonly Model[] } | { type: 'every' }

interface ResetDialogProps {
  reset: Reset | null
  onDone: () => void
  onClose: () => void
}

/** Asks before what was said of models is forgotten. */
export function ResetDialog({ reset, onDone, onClose }: ResetDialogProps) {
  async function confirm() {
    if (!reset) return
    try {
      const count =
        reset.type === 'every'
          ? (await call(resetModels, { body: { all: true } })).reset
          : await resetSome(reset.models.map(({ id }) => id))
      toast(t('models.wereReset', { n: count }), { tone: 'success' })
      onDone()
    } catch (error) {
      toast(errorText(error), { tone: 'danger' })
    }
  }
  const { title, text } = wordsOf(reset)
  return (
    <ConfirmDialog
      open={reset !== null}
      danger
      title={title}
      confirmLabel={t('models.reset')}
      cancelLabel={t('common.cancel')}
      onClose={onClose}
      onConfirm={confirm}
    >
      {text}
    </ConfirmDialog>
  )
}

function wordsOf(reset: Reset | null): { title: string; text: string } {
  if (reset?.type !== 'some') {
    return { title: t('models.resetEveryTitle'), text: t('models.resetEveryText') }
  }
  const [first, ...others] = reset.models
  if (first && others.length === 0) {
    return { title: t('models.resetTitle', { name: first.label }), text: t('models.resetText') }
  }
  const title = t('models.resetManyTitle', { n: reset.models.length })
  return { title, text: t('models.resetManyText') }
}
