import { useState } from 'react'
import { rollbackSettings, updateSettings, type SettingsRevision } from '#contract/settings.ts'
import { call } from '../../api/call.ts'
import { errorText } from '../../api/error-text.ts'
import { loadMe } from '../../api/me.ts'
import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toast.ts'
import type { Known } from './centre-state.ts'
import { learn, loadCentre } from './centre.ts'
import { labelOf, valueText } from './setting-texts.ts'
import { patchFor, type Turn } from './turn-back.ts'

/** A way back, and what it changes. */
export type TurnBack = { turns: readonly Turn[] } & (
  | { type: 'undo' | 'restore'; revision: SettingsRevision }
  | { type: 'defaults' }
)

interface TurnBackDialogProps {
  turnBack: TurnBack
  known: Known
  onDone: () => void
  onClose: () => void
}

/** Shows what going back would change, and does it. */
export function TurnBackDialog({ turnBack, known, onDone, onClose }: TurnBackDialogProps) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { turns } = turnBack

  async function go() {
    setBusy(true)
    setError(null)
    try {
      learn(await goBack(turnBack, known))
      loadMe().catch(() => {})
      toast(t('history.done'), { tone: 'success' })
      onDone()
      onClose()
    } catch (refusal) {
      // What is shown may be out of date by now.
      void loadCentre()
      setError(refusal)
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      title={titleOf(turnBack)}
      closeLabel={t('common.close')}
      onClose={onClose}
      notice={error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      footer={
        <>
          <Button data-autofocus onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button variant="primary" loading={busy} disabled={turns.length === 0} onClick={go}>
            {t(turnBack.type === 'undo' ? 'history.undoNow' : 'history.restoreNow')}
          </Button>
        </>
      }
    >
      {turns.length === 0 ? (
        <p className="text-sm text-muted">{t('history.nothing')}</p>
      ) : (
        <>
          <p className="text-sm text-muted">{t('history.willChange')}</p>
          <ul className="mt-2 flex flex-col gap-2 text-sm">
            {turns.map((turn) => (
              <li key={turn.key} className="[overflow-wrap:anywhere]">
                <TurnLine turn={turn} known={known} />
              </li>
            ))}
          </ul>
          {turnBack.type !== 'undo' && (
            <p className="mt-4 text-sm text-muted">{t('history.secretsStay')}</p>
          )}
        </>
      )}
    </Dialog>
  )
}

function goBack(turnBack: TurnBack, { revision: ifMatch }: Known) {
  if (turnBack.type === 'undo') {
    return call(updateSettings, { body: patchFor(turnBack.turns), ifMatch })
  }
  const revision = turnBack.type === 'restore' ? turnBack.revision.revision : 0
  return call(rollbackSettings, { body: { revision } })
}

function titleOf(turnBack: TurnBack): string {
  if (turnBack.type === 'defaults') return t('history.defaultsTitle')
  const n = turnBack.revision.revision
  return t(turnBack.type === 'undo' ? 'history.undoTitle' : 'history.restoreTitle', { n })
}

function TurnLine({ turn, known }: { turn: Turn; known: Known }) {
  const { key, now, back, isDefault, isSince } = turn
  const field = known.fields.find((other) => other.key === key)
  if (!field) return null
  return (
    <>
      <b className="font-medium">{labelOf(key)}</b>{' '}
      <span className="text-muted">
        {t('history.from')} {valueText(field, now)} {t('history.to')}
      </span>{' '}
      {valueText(field, back)}
      {isDefault && <span className="text-muted"> ({t('history.isDefault')})</span>}
      {isSince && <span className="block text-warning">{t('history.since')}</span>}
    </>
  )
}
