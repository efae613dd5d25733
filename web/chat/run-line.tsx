import { t } from '../text/i18n.ts'
import { durationText, useNow } from './clock.ts'
import type { Run } from './run.ts'
import { silenceOf } from './silence.ts'

interface RunLineProps {
  run: Run
  hasParts: boolean
}

/** The sign that a reply is being written, and in words what it waits for when it is silent. */
export function RunLine({ run, hasParts }: RunLineProps) {
  const now = useNow()
  const silence = silenceOf(run, now)
  return (
    // As high as the row of actions that takes its place, so that the end moves nothing.
    <div className="mt-1 flex min-h-7 items-center gap-2 text-sm text-muted">
      <span aria-hidden className="animate-thinking size-2 rounded-full bg-muted" />
      {run.stopping ? (
        <span>{t('composer.stopping')}</span>
      ) : (
        silence && (
          <span className="tabular-nums">
            {t(`phase.${silence.phase}`, { time: durationText(silence.ms) })}
          </span>
        )
      )}
      {!silence && !run.stopping && !hasParts && (
        <span className="sr-only">{t('message.answering')}</span>
      )}
    </div>
  )
}
