import { Suspense } from 'react'
import { useBranding } from '../api/branding.ts'
import { useIsGuest } from '../api/me.ts'
import { useQuota } from '../api/quota-text.ts'
import { useSettings } from '../api/settings.ts'
import { t } from '../text/i18n.ts'
import { momentText } from '../text/moment-text.ts'
import { later } from '../ui/later.ts'
import type { FieldRef } from './composer-field.tsx'
import { useHasNoModels } from './models-store.ts'

const NoModels = later(async () => (await import('./no-models.tsx')).NoModels)
const SignInOrUp = later(async () => (await import('./no-models.tsx')).SignInOrUp)

/** The greeting above the composer, or why nothing can be asked. */
export function WelcomeHeading() {
  const { welcome } = useBranding()
  const quota = useQuota()
  const isGuest = useIsGuest()
  const hasNone = useHasNoModels()
  const isUsedUp = quota !== null && (quota.remaining === 0 || quota.tokens?.remaining === 0)
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-end-safe overflow-y-auto px-5 pb-7 text-center">
      <h1 className="max-w-2xl text-balance text-2xl font-semibold tracking-tight">
        {welcome || t('welcome.greeting')}
      </h1>
      <Suspense>
        {hasNone && <NoModels />}
        {isUsedUp && (
          <p role="status" className="mt-3 text-muted">
            {t(isGuest ? 'welcome.noQuotaGuest' : 'welcome.noQuota', {
              when: momentText(quota.resetsAt),
            })}
          </p>
        )}
        {isUsedUp && isGuest && !hasNone && (
          <div className="mt-4">
            <SignInOrUp />
          </div>
        )}
      </Suspense>
    </div>
  )
}

/** What to bear in mind of the answers, and as a guest of what is kept. */
export function Disclaimer() {
  const { disclaimer } = useBranding()
  const { 'guests.retentionDays': days } = useSettings()
  const isGuest = useIsGuest()
  return (
    <>
      <p className="mt-1 text-xs text-muted">{disclaimer || t('welcome.disclaimer')}</p>
      {isGuest && days !== undefined && (
        <p className="mt-1 text-xs text-muted">{t('guest.kept', { n: days })}</p>
      )}
    </>
  )
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
