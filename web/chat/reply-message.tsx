import { useState } from 'react'
import type { Message } from '#contract/message.ts'
import type { Part } from '#contract/parts.ts'
import { useBranding } from '../api/branding.ts'
import { usePreferences } from '../api/me.ts'
import { t } from '../text/i18n.ts'
import type { ConversationStore } from './conversation-store.ts'
import { MetricsLine } from './metrics-line.tsx'
import { ReasoningPart } from './parts/reasoning-part.tsx'
import { TextPart } from './parts/text-part.tsx'
import { ToolPart } from './parts/tool-part.tsx'
import { ReplyActions } from './reply-actions.tsx'
import { ReplyEnd } from './reply-end.tsx'
import type { Run } from './run.ts'
import { RunLine } from './run-line.tsx'
import { useFold } from './view-state.ts'

interface ReplyMessageProps {
  store: ConversationStore
  message: Message
  /** Null when it is not being written any more. */
  run: Run | null
  isLast: boolean
}

/** What the model answered: its parts in order, how it ended, and what can be done with it. */
export function ReplyMessage({ store, message, run, isLast }: ReplyMessageProps) {
  const { showMetrics } = usePreferences()
  const { model, parts } = message
  const [wasWritten, setWasWritten] = useState(run !== null)
  if (run && !wasWritten) setWasWritten(true)
  return (
    <article className="group pb-2 pt-1" aria-busy={run !== null}>
      <ReplyHeading label={model?.label ?? null} />
      {parts.map((part, index) => (
        <ReplyPart
          // oxlint-disable-next-line react/no-array-index-key -- parts are only added at the end
          key={index}
          store={store}
          foldKey={`${message.id}:${index}`}
          part={part}
          openSince={run && index === parts.length - 1 ? run.partSince : null}
        />
      ))}
      {run ? (
        <RunLine run={run} hasParts={parts.length > 0} />
      ) : (
        <div className={wasWritten ? 'animate-after-text' : undefined}>
          <ReplyEnd store={store} message={message} />
          <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
            <ReplyActions store={store} message={message} isLast={isLast} />
            {showMetrics && <MetricsLine message={message} />}
          </div>
        </div>
      )}
    </article>
  )
}

function ReplyHeading({ label }: { label: string | null }) {
  const { assistantAvatarUrl } = useBranding()
  return (
    <h2 className="mb-1.5 flex items-center gap-2 text-sm font-medium text-muted">
      {assistantAvatarUrl && (
        <img src={assistantAvatarUrl} alt="" className="size-5 rounded-full object-cover" />
      )}
      {label ? (
        <>
          <span className="sr-only">{t('chat.assistantOf', { model: label })}</span>
          <span aria-hidden>{label}</span>
        </>
      ) : (
        <span className="sr-only">{t('chat.assistant')}</span>
      )}
    </h2>
  )
}

interface ReplyPartProps {
  store: ConversationStore
  foldKey: string
  part: Part
  /** Since when it has been the part being written; null when it is not. */
  openSince: number | null
}

function ReplyPart({ store, foldKey, part, openSince }: ReplyPartProps) {
  const [open, setOpen] = useFold(store, foldKey)
  switch (part.type) {
    case 'text':
      return <TextPart text={part.text} isWriting={openSince !== null} />
    case 'reasoning':
      return (
        <ReasoningPart
          text={part.text}
          durationMs={part.durationMs}
          openSince={part.durationMs === null ? openSince : null}
          open={open}
          onToggle={setOpen}
        />
      )
    case 'tool':
      return <ToolPart part={part} />
    case 'attachment':
      return null
    default:
      return part satisfies never
  }
}
