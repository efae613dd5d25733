import { Scissors, WifiOff } from 'lucide-react'
import { isScarce, quotaText, useQuota } from '../api/quota-text.ts'
import { t } from '../text/i18n.ts'
import { classNames } from '../ui/class-names.ts'
import { Link, useSignInPath } from '../ui/navigation.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { FailureBox } from './failure-box.tsx'
import { useHasNoModels } from './models-store.ts'
import { pickModel } from './model-choice.ts'
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

/** What may still be sent today; nothing where nothing limits it. */
export function QuotaLine() {
  const quota = useQuota()
  const hasNone = useHasNoModels()
  const text = quota && quotaText(quota)
  // What is left is of no use where nothing can be asked.
  if (!text || hasNone) return null
  return (
    <p
      className={classNames(
        'truncate text-xs',
        isScarce(quota) ? 'font-medium text-warning' : 'text-muted',
      )}
    >
      {text}
      {quota.scope === 'guest' && quota.remaining === 0 && (
        <>
          {' · '}
          <SignInLink />
        </>
      )}
    </p>
  )
}

/** Whoever has an account has messages of their own. */
function SignInLink() {
  return (
    <Link to={useSignInPath()} className="rounded underline ring-focus touch-target">
      {t('signIn.submit')}
    </Link>
  )
}
