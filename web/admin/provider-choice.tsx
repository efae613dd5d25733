import { useId } from 'react'
import type { ProviderInfo } from '#contract/connections.ts'
import { t } from '../text/i18n.ts'
import { classNames } from '../ui/class-names.ts'
import { Field, Select } from '../ui/field.tsx'
import { providerTexts } from './provider-texts.ts'

interface ProviderChoiceProps {
  providers: readonly ProviderInfo[]
  value: string
  onChange: (provider: ProviderInfo) => void
}

/** Which kind of provider a new connection leads to, each with a line on what it is for. */
export function ProviderCards({ providers, value, onChange }: ProviderChoiceProps) {
  const id = useId()
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t('connect.kind')}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {providers.map((provider) => {
          const { about } = providerTexts(provider.id)
          const aboutId = `${id}-${provider.id}`
          const isChosen = provider.id === value
          return (
            <div
              key={provider.id}
              className={classNames(
                'relative rounded-control border px-3 py-2.5 hover:bg-hover',
                'has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2',
                'has-[:focus-visible]:outline-focus',
                isChosen ? 'border-accent bg-accent-soft' : 'border-line-strong/60',
              )}
            >
              <label className="flex items-center gap-2 text-sm font-medium">
                <input
                  type="radio"
                  name={id}
                  checked={isChosen}
                  aria-describedby={about ? aboutId : undefined}
                  onChange={() => onChange(provider)}
                  className="size-4 accent-(--accent-solid) outline-none"
                />
                {provider.label}
                {/* The whole card can be pressed. */}
                <span aria-hidden className="absolute inset-0 cursor-pointer" />
              </label>
              {about && (
                <p id={aboutId} className="mt-0.5 pl-6 text-xs text-muted">
                  {t(about)}
                </p>
              )}
            </div>
          )
        })}
      </div>
    </fieldset>
  )
}

/** The same for a connection that is there, where the kind seldom changes. */
export function ProviderSelect({ providers, value, onChange }: ProviderChoiceProps) {
  const { about } = providerTexts(value)
  return (
    <Field label={t('connect.kind')} hint={about && t(about)}>
      <Select
        value={value}
        onChange={({ target }) => {
          const chosen = providers.find(({ id }) => id === target.value)
          if (chosen) onChange(chosen)
        }}
      >
        {providers.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </Select>
    </Field>
  )
}
