import { Scissors, WifiOff } from 'lucide-react'
import type { Quota } from '#contract/quotas.ts'
import { useMe } from '../api/me.ts'
import { t } from '../text/i18n.ts'
import { classNames } from '../ui/class-names.ts'
import type { ConversationStore } from './conversation-store.ts'
import { FailureBox } from './failure-box.tsx'
import { pickModel } from './model-choice.ts'
import { momentText } from './moment-text.ts'
import { useConversationState } from './use-conversation.ts'
import { useOnline } from './use-online.ts'

/** What has to be said before the next message is written. */
export function ComposerLines({ store, excess }: { store: ConversationStore; excess: number }) {
  const isOnline = useOnline()
  return (
    <>
      <RefusalBox store={store} />
      {excess > 0 && (
        <p role="status" className="mb-2 flex items-center gap-2 px-2 text-sm text-warning">
          <Scissors aria-hidden className="size-4 shrink-0" />
          {t('composer.tooLong', { n: excess })}
        </p>
      )}
      {!isOnline && (
        <p role="status" className="mb-2 flex items-center gap-2 px-2 text-sm text-muted">
          <WifiOff aria-hidden className="size-4 shrink-0" />
          {t('composer.offline')}
        </p>
      )}
    </>
  )
}

function RefusalBox({ store }: { store: ConversationStore }) {
  const refusal = useConversationState(store, (state) => state.refusal)
  if (!refusal) return null
  const { body, problem, at } = refusal
  return (
    <FailureBox
      title={'content' in body ? t('composer.refused') : t('composer.refusedReply')}
      problem={problem}
      at={at}
      onRetry={() => void store.retryRefused()}
      onOtherModel={() =>
        pickModel({
          title: t('model.title'),
          currentId: body.modelId ?? null,
          onPick: (modelId) => {
            store.choose({ modelId })
            void store.retryRefused({ modelId })
          },
        })
      }
      onDismiss={store.dismissRefusal}
    />
  )
}

/** At this many and fewer the rest of the day's messages is marked. */
const fewMax = 10

/** What may still be sent today; nothing where nothing limits it. */
export function QuotaLine() {
  const { quota } = useMe()
  if (!quota || quota.remaining === null) return null
  return (
    <p
      className={classNames(
        'truncate text-xs',
        quota.remaining <= fewMax ? 'font-medium text-warning' : 'text-muted',
      )}
    >
      {quotaText(quota, quota.remaining)}
    </p>
  )
}

function quotaText({ resetsAt }: Quota, n: number): string {
  const time = momentText(resetsAt)
  return n === 0 ? t('composer.noQuota', { time }) : t('composer.quota', { n, time })
}
