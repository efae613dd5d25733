import { usePreferences } from '../../api/me.ts'
import { useSettings } from '../../api/settings.ts'
import { t } from '../../text/i18n.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { durationText, useNow } from '../clock.ts'
import { TextPart } from './text-part.tsx'

interface ReasoningPartProps {
  text: string
  durationMs: number | null
  /** When it was opened, while it is still being written. */
  openSince: number | null
  /** Whether a reader opened or closed it by hand. */
  open: boolean | null
  onToggle: (open: boolean) => void
}

/** What the model thought before it answered, folded unless somebody wants to see it. */
export function ReasoningPart({ text, durationMs, openSince, open, onToggle }: ReasoningPartProps) {
  const { reasoningExpand } = usePreferences()
  const { 'reasoning.expand': expand } = useSettings()
  const isOpen = open ?? reasoningExpand ?? expand ?? false
  const isWriting = openSince !== null
  return (
    <Disclosure
      open={isOpen}
      onToggle={onToggle}
      className="mb-3"
      summary={isWriting ? <Thinking since={openSince} /> : <Thought durationMs={durationMs} />}
    >
      <div className="ml-2 mt-1 border-l-2 border-line pl-4 text-sm text-muted">
        <TextPart text={text} isWriting={isWriting} />
      </div>
    </Disclosure>
  )
}

function Thinking({ since }: { since: number }) {
  const now = useNow()
  const seconds = Math.floor((now - since) / 1_000)
  return (
    <span className="animate-thinking tabular-nums">
      {seconds < 1
        ? t('message.thinking')
        : t('message.thinkingFor', { time: durationText(seconds * 1_000) })}
    </span>
  )
}

function Thought({ durationMs }: { durationMs: number | null }) {
  return (
    <span>
      {durationMs === null
        ? t('message.thought')
        : t('message.thoughtFor', { time: durationText(Math.max(1_000, durationMs)) })}
    </span>
  )
}
