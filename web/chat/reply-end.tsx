import { ArrowRight, RotateCcw } from 'lucide-react'
import type { Message } from '#contract/message.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { FailureBox } from './failure-box.tsx'
import { continueReply, mayContinue, retryReply } from './message-acts.ts'
import { pickModel } from './model-choice.ts'
import { retryWith } from './retry-with.ts'

interface ReplyEndProps {
  store: ConversationStore
  message: Message
}

/** How a reply ended, where that was not simply its last word. */
export function ReplyEnd({ store, message }: ReplyEndProps) {
  const { state } = message
  switch (state.type) {
    case 'failed':
      return (
        <FailureBox
          problem={state.problem}
          at={message.updatedAt}
          onRetry={() => retryReply(store, message)}
          onOtherModel={() => pickModel(retryWith(store, message))}
        />
      )
    case 'interrupted':
      return (
        <EndLine text={t('message.interrupted')}>
          {mayContinue(message) && <ContinueButton store={store} message={message} />}
          <Button
            size="small"
            icon={<RotateCcw className="size-4" />}
            onClick={() => retryReply(store, message)}
          >
            {t('message.retry')}
          </Button>
        </EndLine>
      )
    case 'cancelled':
      return (
        <EndLine
          text={state.by === 'admin' ? t('message.cancelledByAdmin') : t('message.cancelled')}
        />
      )
    case 'complete':
      if (state.reason === 'length') {
        return (
          <EndLine text={t('message.cutAtLength')}>
            {mayContinue(message) && <ContinueButton store={store} message={message} />}
          </EndLine>
        )
      }
      return state.reason === 'content_filter' ? <EndLine text={t('message.filtered')} /> : null
    case 'pending':
    case 'running':
      return null
    default:
      return state satisfies never
  }
}

function EndLine({ text, children }: { text: string; children?: React.ReactNode }) {
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2 border-t border-line pt-3 text-sm text-muted">
      <p className="w-full sm:w-auto sm:flex-1">{text}</p>
      {children}
    </div>
  )
}

function ContinueButton({ store, message }: ReplyEndProps) {
  return (
    <Button
      size="small"
      icon={<ArrowRight className="size-4" />}
      onClick={() => continueReply(store, message)}
    >
      {t('message.continue')}
    </Button>
  )
}
