import { Check, CircleAlert, Wrench } from 'lucide-react'
import type { Part } from '#contract/parts.ts'
import { t } from '../../text/i18n.ts'
import { Spinner } from '../../ui/spinner.tsx'
import { durationText } from '../clock.ts'

interface ToolPartProps {
  part: Extract<Part, { type: 'tool' }>
}

/** One use of a tool: what it was, and what came of it. */
export function ToolPart({ part }: ToolPartProps) {
  const { name, stage, summary, error, startedAt, endedAt } = part
  const outcome =
    error ??
    summary ??
    { start: t('tool.running'), result: t('tool.done'), error: t('tool.failed') }[stage]
  return (
    <div className="my-2 flex items-center gap-2 rounded-control border border-line px-3 py-2 text-sm">
      <ToolIcon stage={stage} />
      <span className="shrink-0 font-medium">{name}</span>
      <span className="min-w-0 flex-1 truncate text-muted">{outcome}</span>
      {endedAt !== null && (
        <span className="shrink-0 text-xs text-muted">{durationText(endedAt - startedAt)}</span>
      )}
    </div>
  )
}

function ToolIcon({ stage }: { stage: ToolPartProps['part']['stage'] }) {
  switch (stage) {
    case 'start':
      return <Spinner className="size-4 text-muted" />
    case 'result':
      return <Check aria-hidden className="size-4 shrink-0 text-success" />
    case 'error':
      return <CircleAlert aria-hidden className="size-4 shrink-0 text-danger" />
    default:
      return <Wrench aria-hidden className="size-4 shrink-0 text-muted" />
  }
}
