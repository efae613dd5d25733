import type { AnySettingKey } from '#contract/settings-registry.ts'
import { t, type TextKey } from '../../text/i18n.ts'
import { amountText, isTime, longerUnitText } from './amount-text.ts'
import { modelName } from './all-models.ts'
import type { Control, NumberControl, SettingField } from './setting-field.ts'
import type { Unfit } from './typed-value.ts'

type SettingText = Extract<TextKey, `setting.${string}`>

/** What a setting is called. */
export function labelOf(key: string): string {
  return t(`setting.${key as AnySettingKey}`)
}

/** What it is for, in one sentence. */
export function hintOf(key: string): string {
  return t(`setting.${key as AnySettingKey}.hint`)
}

/** A word for one of its values: an option, or `null`, `empty` and `all`. */
export function wordFor(key: string, value: string): string {
  return t(`setting.${key}.${value}` as SettingText)
}

/** From here on a text is cut where there is only a line for it. */
const shownLength = 60

/** A value in the words of its setting, short enough for a sentence. */
export function valueText(field: SettingField, value: unknown): string {
  const { key, control } = field
  if (control.type === 'secret') return t(isSet(value) ? 'centre.set' : 'centre.cleared')
  if (value === null || value === undefined) return field.isNullable ? wordFor(key, 'null') : '–'
  switch (control.type) {
    case 'switch':
      return t(value === true ? 'centre.on' : 'centre.off')
    case 'choice':
      return wordFor(key, String(value))
    case 'number':
      return numberValueText(control, Number(value))
    case 'model':
      return modelName(String(value))
    case 'pairs':
      return (
        (value as [string, string][]).map((pair) => pair.join(' … ')).join(', ') || t('centre.none')
      )
    case 'list':
      if (!Array.isArray(value)) return wordFor(key, 'all')
      return cut(value.map((item) => itemText(field, String(item))).join(', ')) || t('centre.none')
    case 'colour':
    case 'timeZone':
      return String(value)
    default:
      return value === '' ? wordFor(key, 'empty') : t('centre.quoted', { text: cut(String(value)) })
  }
}

function isSet(value: unknown): boolean {
  return value === '[set]' || (value as { set?: boolean } | null)?.set === true
}

function itemText({ key, control }: SettingField, item: string): string {
  return control.type === 'list' && control.options ? wordFor(key, item) : item
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > shownLength ? `${line.slice(0, shownLength).trimEnd()}…` : line
}

/** A stored number with its unit, in the longest one that reads well. */
function numberValueText({ factor, unit }: NumberControl, value: number): string {
  const shown = value / factor
  return longerUnitText(shown, unit) ?? amountText(shown, unit)
}

/** The default and what may be set; the unit of a number stands beside it already. */
export function boundsText(field: SettingField): string {
  const { control, default: fallback } = field
  const isPlain = control.type === 'number' && typeof fallback === 'number'
  const shown = isPlain ? plainText(control, fallback) : valueText(field, fallback)
  const bounds = boundsOf(control)
  const said = t('centre.default', { value: shown })
  return bounds === null ? said : `${said} · ${bounds}`
}

/** Null where that goes without saying. */
function boundsOf(control: Control): string | null {
  switch (control.type) {
    case 'number': {
      const { min, max, factor, unit } = control
      // The same unit twice is once too many.
      const isLong = longerUnitText(max, unit) !== null
      const from = isLong ? plainText(control, min * factor) : amountText(min, null)
      return t('centre.range', { min: from, max: plainText(control, max * factor) })
    }
    case 'text':
    case 'longText':
      return control.lengthMax === null ? null : t('centre.lengthMax', { n: control.lengthMax })
    case 'pairs':
    case 'list':
      return t('centre.itemsMax', { n: control.itemsMax })
    default:
      return null
  }
}

function plainText({ factor, unit }: NumberControl, value: number): string {
  const shown = value / factor
  return longerUnitText(shown, unit) ?? amountText(shown, unit && isTime(unit) ? unit : null)
}

/** Why what was typed is no value. */
export function unfitText(unfit: Unfit): string {
  switch (unfit.type) {
    case 'number':
    case 'whole':
      return t(`unfit.${unfit.type}`, { min: unfit.min, max: unfit.max })
    case 'length':
    case 'items':
      return t(`unfit.${unfit.type}`, { count: unfit.count, max: unfit.max })
    case 'line':
      return t('unfit.line', { line: unfit.line })
    default:
      return t(`unfit.${unfit.type}`)
  }
}

const refusals = [
  [/^Must not exceed ([\w.]+)\.$/, 'refusal.exceeds'],
  [/^Longer than ([\w.]+)\.$/, 'refusal.longer'],
  [/^Needs ([\w.]+) to be set\.$/, 'refusal.needs'],
] as const

/** Why the server did not accept a value: it names other settings by their keys, in English. */
export function refusalText(key: string, message: string): string {
  for (const [pattern, text] of refusals) {
    const named = pattern.exec(message)?.[1]
    if (named) return t(text, { field: labelOf(named) })
  }
  if (key === 'reasoning.customTags' && /needed/.test(message)) return t('refusal.tags')
  if (key === 'titles.modelId') return t('refusal.model')
  return t('refusal.other', { reason: message })
}
