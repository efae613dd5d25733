import { ArrowUp, Square } from 'lucide-react'
import { t } from '../text/i18n.ts'
import { classNames } from '../ui/class-names.ts'
import { keysText } from '../ui/shortcuts.ts'
import { tooltip } from '../ui/tooltip.tsx'
import type { Run } from './run.ts'
import type { SendObstacle } from './send-obstacle.ts'

interface SendButtonProps {
  obstacle: SendObstacle | null
  /** The reply that is being written here, which the button stops. */
  run: Run | null
  onStop: () => void
}

const shape =
  'flex size-9 shrink-0 items-center justify-center rounded-full ring-focus transition-colors pointer-coarse:size-11'

/** Sends, or says why not; while a reply is being written, stops it. */
export function SendButton({ obstacle, run, onStop }: SendButtonProps) {
  if (run) {
    const label = run.stopping ? t('composer.stopping') : t('composer.stop')
    return (
      <button
        type="button"
        aria-label={label}
        aria-disabled={run.stopping}
        {...tooltip(label, keysText('stop'))}
        onClick={onStop}
        className={classNames(
          shape,
          'bg-ink text-surface hover:opacity-85 aria-disabled:opacity-50',
        )}
      >
        <Square aria-hidden className="size-3.5 fill-current" />
      </button>
    )
  }
  const label = obstacle ? t(`composer.obstacle.${obstacle}`) : t('chat.send')
  return (
    <button
      type="submit"
      aria-label={label}
      // Not `disabled`: the reason must be found by pointing at it and by keyboard.
      aria-disabled={obstacle !== null}
      {...tooltip(label)}
      className={classNames(
        shape,
        obstacle
          ? 'cursor-not-allowed bg-pressed text-muted'
          : 'bg-accent text-on-accent hover:brightness-110',
      )}
    >
      <ArrowUp aria-hidden className="size-5" />
    </button>
  )
}
