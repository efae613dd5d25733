import { useEffect, useState } from 'react'
import { History } from 'lucide-react'
import { settingsHistory, type SettingsRevision } from '#contract/settings.ts'
import { call } from '../../api/call.ts'
import { errorText } from '../../api/error-text.ts'
import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Section } from '../../ui/section.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePages } from '../use-pages.ts'
import { loadAllModels, useAllModels } from './all-models.ts'
import { loadCentre, useCentre } from './centre.ts'
import { RevisionRow } from './revision-row.tsx'
import { TurnBackDialog, type TurnBack } from './turn-back-dialog.tsx'
import { defaultTurns, restoreTurns, undoTurns } from './turn-back.ts'

interface HistoryPageProps {
  /** The models somebody may choose may be others now. */
  onChange: () => void
}

/** Every change of the settings, newest first, and the way back to what was before. */
export default function HistoryPage({ onChange }: HistoryPageProps) {
  const { known } = useCentre()
  // Models are told by name.
  useAllModels()
  const [turnBack, setTurnBack] = useState<TurnBack | null>(null)
  const { items, error, isLoading, hasMore, loadMore } = usePages(
    `settings-history:${known?.revision}`,
    (cursor, signal) => call(settingsHistory, { query: cursor ? { cursor } : {}, signal }),
    { stays: true },
  )
  useEffect(() => {
    void loadCentre()
    loadAllModels().catch(() => {})
  }, [])

  function undo(revision: SettingsRevision) {
    if (known) setTurnBack({ type: 'undo', revision, turns: undoTurns(revision, known) })
  }
  function restore(revision: SettingsRevision, at: number) {
    if (known) {
      setTurnBack({ type: 'restore', revision, turns: restoreTurns(items.slice(0, at), known) })
    }
  }
  const isWaiting = isLoading && items.length === 0
  return (
    <Section title={t('settings.history')} hint={t('history.hint')}>
      {isWaiting && <Waiting />}
      {!isLoading && error === null && items.length === 0 && (
        <EmptyState icon={<History aria-hidden className="size-5" />} title={t('history.empty')}>
          {t('history.emptyText')}
        </EmptyState>
      )}
      {known && items.length > 0 && (
        <Card>
          {items.map((revision, at) => (
            <RevisionRow
              key={revision.revision}
              revision={revision}
              fields={known.fields}
              onUndo={undoTurns(revision, known).length > 0 ? () => undo(revision) : null}
              onRestore={at > 0 ? () => restore(revision, at) : null}
            />
          ))}
        </Card>
      )}
      {error !== null && (
        <ErrorState
          title={t('error.title')}
          detail={errorText(error)}
          action={<Button onClick={loadMore}>{t('common.retry')}</Button>}
        />
      )}
      {items.length > 0 && error === null && (
        <div className="flex flex-wrap items-center justify-center gap-3 py-2">
          {hasMore ? (
            <Button loading={isLoading} onClick={loadMore}>
              {t('history.more')}
            </Button>
          ) : (
            <>
              <p className="text-sm text-muted">{t('history.beginning')}</p>
              <Button
                size="small"
                variant="ghost"
                onClick={() =>
                  known && setTurnBack({ type: 'defaults', turns: defaultTurns(known) })
                }
              >
                {t('history.restoreDefaults')}
              </Button>
            </>
          )}
        </div>
      )}
      {turnBack && known && (
        <TurnBackDialog
          turnBack={turnBack}
          known={known}
          onDone={onChange}
          onClose={() => setTurnBack(null)}
        />
      )}
    </Section>
  )
}

function Waiting() {
  return (
    <div role="status" aria-label={t('common.loading')} className="flex flex-col gap-3">
      {[1, 2, 3].map((row) => (
        <Skeleton key={row} className="h-20 w-full" />
      ))}
    </div>
  )
}
