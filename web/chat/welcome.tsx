import { useBranding } from '../api/branding.ts'
import { useMe } from '../api/me.ts'
import { t } from '../text/i18n.ts'
import type { FieldRef } from './composer-field.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { drafts } from './drafts.ts'
import { momentText } from './moment-text.ts'
import { useModels } from './models-store.ts'
import { NoModels } from './no-models.tsx'

/** The greeting above the composer, or why nothing can be asked. */
export function WelcomeHeading() {
  const { welcome } = useBranding()
  const { quota } = useMe()
  const models = useModels()
  const hasNone = models.type === 'failed' || (models.type === 'ready' && models.items.length === 0)
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-end overflow-y-auto px-5 pb-7 text-center">
      <h1 className="max-w-2xl text-balance text-2xl font-semibold tracking-tight">
        {welcome || t('welcome.greeting')}
      </h1>
      {hasNone && <NoModels />}
      {quota?.remaining === 0 && (
        <p role="status" className="mt-3 text-muted">
          {t('welcome.noQuota', { when: momentText(quota.resetsAt) })}
        </p>
      )}
    </div>
  )
}

export function Disclaimer() {
  const { disclaimer } = useBranding()
  return disclaimer ? <p className="mt-1 text-xs text-muted">{disclaimer}</p> : null
}

const examples = ['explain', 'write', 'code', 'plan'] as const

interface ExamplesProps {
  store: ConversationStore
  fieldRef: FieldRef
}

/** A few things to begin with. Choosing one writes it into the composer, to be changed and sent. */
export function Examples({ store, fieldRef }: ExamplesProps) {
  function begin(text: string) {
    drafts.write(store.draftKey(), text)
    drafts.flush()
    const field = fieldRef.current
    if (!field) return
    field.focus()
    field.setSelectionRange(0, 0)
    document.execCommand('selectAll')
    document.execCommand('insertText', false, text)
  }
  return (
    <div className="flex-[1.4] px-5 pt-4">
      <ul
        aria-label={t('welcome.examples')}
        className="mx-auto grid max-w-2xl gap-2 sm:grid-cols-2"
      >
        {examples.map((name) => {
          const text = t(`welcome.example.${name}`)
          return (
            <li key={name}>
              <button
                type="button"
                onClick={() => begin(text)}
                className="h-full w-full rounded-card border border-line px-4 py-3 text-left text-sm text-muted ring-focus transition-colors touch-target hover:bg-hover hover:text-ink"
              >
                {text}
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
