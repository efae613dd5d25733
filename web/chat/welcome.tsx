import { useBranding } from '../api/branding.ts'
import { useMe } from '../api/me.ts'
import { t } from '../text/i18n.ts'
import type { FieldRef } from './composer-field.tsx'
import { momentText } from './moment-text.ts'
import { useModels } from './models-store.ts'
import { NoModels } from './no-models.tsx'

/** The greeting above the composer, or why nothing can be asked. */
export function WelcomeHeading() {
  const { welcome } = useBranding()
  const { quota } = useMe()
  const hasNone = useHasNoModels()
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-end-safe overflow-y-auto px-5 pb-7 text-center">
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

function useHasNoModels(): boolean {
  const models = useModels()
  return models.type === 'failed' || (models.type === 'ready' && models.items.length === 0)
}

export function Disclaimer() {
  const { disclaimer } = useBranding()
  return disclaimer ? <p className="mt-1 text-xs text-muted">{disclaimer}</p> : null
}

const examples = ['explain', 'write', 'code', 'plan'] as const

/** A few things to begin with. Choosing one writes it into the composer, to be changed and sent. */
export function Examples({ fieldRef }: { fieldRef: FieldRef }) {
  const hasNone = useHasNoModels()
  function begin(text: string) {
    const field = fieldRef.current
    if (!field) return
    field.focus()
    field.setSelectionRange(field.value.length, field.value.length)
    // As if typed: it joins what is there, and can be undone.
    document.execCommand('insertText', false, field.value === '' ? text : `\n\n${text}`)
  }
  if (hasNone) return <div className="flex-[0.6]" />
  return (
    <div className="min-h-0 flex-[1.4] overflow-y-auto px-5 pb-4 pt-4">
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
