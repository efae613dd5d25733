import { useState } from 'react'
import { updateSettings } from '#contract/settings.ts'
import {
  settings as registry,
  type SettingKey,
  type Settings,
} from '#contract/settings-registry.ts'
import { call } from '../api/call.ts'
import { errorText } from '../api/error-text.ts'
import { useCapability } from '../api/me.ts'
import { t } from '../text/i18n.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardRow } from '../ui/card.tsx'
import { Field, Select, TextInput } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.ts'
import { parseCount } from './count-text.ts'
import { boundsOf } from './setting-bounds.ts'

const rows = [
  { key: 'models.ttlMinutes', label: 'ttl', hint: 'ttlHint' },
  { key: 'models.contextTokensDefault', label: 'context', hint: 'contextHint' },
  { key: 'models.outputTokensDefault', label: 'output', hint: 'outputHint' },
  { key: 'reasoning.effort', label: 'effort', hint: 'effortHint' },
  { key: 'reasoning.ollamaThink', label: 'think', hint: 'thinkHint' },
  { key: 'models.access.user', label: 'user', hint: 'accessHint' },
  { key: 'models.access.guest', label: 'guest', hint: 'accessHint' },
] as const satisfies { key: SettingKey; label: string; hint: string }[]
type Key = (typeof rows)[number]['key']
type Values = Pick<Settings, Key>

interface ModelDefaultsProps {
  values: Values
  /** Of each setting, as the server describes it. */
  schemas: Partial<Record<Key, unknown>>
  onSaved: (values: Values) => void
}

/** What counts for every model of which nobody says more. */
export function ModelDefaults({ values, schemas, onSaved }: ModelDefaultsProps) {
  const mayChange = useCapability('manageSettings')
  const [draft, setDraft] = useState<Partial<Record<Key, string>>>({})
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const stored = (key: Key) => (values[key] === null ? '' : String(values[key]))
  const changed = rows.filter(({ key }) => (draft[key] ?? stored(key)) !== stored(key))
  const unfit = changed.filter(
    ({ key }) => valueOf(key, draft[key] ?? '', schemas[key]) === 'unfit',
  )

  async function save() {
    setBusy(true)
    setError(null)
    try {
      const entries = changed.map(
        ({ key }) => [key, valueOf(key, draft[key] ?? '', schemas[key])] as const,
      )
      const isDefault = ([key, value]: (typeof entries)[number]) => value === registry[key].default
      const reply = await call(updateSettings, {
        body: {
          values: Object.fromEntries(entries.filter((entry) => !isDefault(entry))),
          reset: entries.filter(isDefault).map(([key]) => key),
        },
      })
      onSaved(reply.values as Values)
      setDraft({})
      toast(t('settings.saved'), { tone: 'success' })
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className="flex max-w-2xl flex-col gap-3 pt-2">
      <p className="text-sm text-muted">{t('models.defaultsHint')}</p>
      <Card>
        {rows.map(({ key, label, hint }) => (
          <DefaultRow
            key={key}
            name={key}
            label={t(`models.setting.${label}`)}
            hint={t(`models.setting.${hint}`)}
            schema={schemas[key]}
            value={draft[key] ?? stored(key)}
            isUnfit={unfit.some((row) => row.key === key)}
            disabled={!mayChange}
            onChange={(value) => setDraft({ ...draft, [key]: value })}
          />
        ))}
      </Card>
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      {changed.length > 0 && (
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={() => setDraft({})}>
            {t('settings.revert')}
          </Button>
          <Button variant="primary" loading={busy} disabled={unfit.length > 0} onClick={save}>
            {t('common.save')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** A typed value as it is stored; `unfit` when it cannot be. */
function valueOf(key: Key, text: string, schema: unknown): unknown {
  const bounds = boundsOf(schema)
  const value = bounds ? parseCount(text, bounds.min, bounds.max) : text
  return registry[key].schema.safeParse(value).success ? value : 'unfit'
}

interface DefaultRowProps {
  name: Key
  label: string
  hint: string
  schema: unknown
  value: string
  isUnfit: boolean
  disabled: boolean
  onChange: (value: string) => void
}

function DefaultRow(props: DefaultRowProps) {
  const { name, label, hint, schema, value, isUnfit, disabled, onChange } = props
  const bounds = boundsOf(schema)
  const fallback = registry[name].default
  const defaultText = fallback === null ? '' : String(fallback)
  const isChanged = value !== defaultText
  const options = optionsOf(name)
  const said = options
    ? t('models.boundsBare', { value: optionText(String(fallback)) })
    : boundsText(bounds, fallback)
  return (
    <CardRow
      label={label}
      hint={
        <>
          {hint} {said}
          {isChanged && (
            <span className="mt-1.5 flex items-center gap-1">
              <Badge tone="accent">{t('models.changed')}</Badge>
              <Button
                size="small"
                variant="ghost"
                disabled={disabled}
                aria-label={t('models.resetField', { field: label })}
                onClick={() => onChange(defaultText)}
              >
                {t('models.reset')}
              </Button>
            </span>
          )}
        </>
      }
    >
      <Field
        label={label}
        hideLabel
        className="w-44"
        error={isUnfit && bounds ? t('models.unfitCount', bounds) : null}
      >
        {options ? (
          <Select
            value={value}
            disabled={disabled}
            onChange={({ target }) => onChange(target.value)}
          >
            {options.map((option) => (
              <option key={option} value={option}>
                {optionText(option)}
              </option>
            ))}
          </Select>
        ) : (
          <TextInput
            inputMode="numeric"
            maxLength={12}
            disabled={disabled}
            value={value}
            onChange={({ target }) => onChange(target.value)}
          />
        )}
      </Field>
    </CardRow>
  )
}

/** What may be chosen, where a setting is a choice. */
function optionsOf(key: Key): readonly string[] | null {
  const { schema } = registry[key]
  return 'options' in schema ? schema.options : null
}

function optionText(option: string): string {
  if (option === 'allow' || option === 'deny') return t(`models.${option}`)
  return option === 'unset' ? t('composer.level.default') : t(`composer.level.${option as Level}`)
}

type Level = Exclude<Settings['reasoning.effort'] | Settings['reasoning.ollamaThink'], 'unset'>

function boundsText(bounds: { min: number; max: number } | null, fallback: unknown): string {
  const value = typeof fallback === 'number' ? fallback : t('models.nothing')
  return bounds ? t('models.bounds', { ...bounds, value }) : t('models.boundsBare', { value })
}
