import type { Control, SettingField } from './setting-field.ts'

/** Why what was typed is no value of its setting. */
export type Unfit =
  | { type: 'number' | 'whole'; min: number; max: number }
  | { type: 'missing' | 'form' | 'zone' | 'colour' | 'pair' }
  | { type: 'length'; count: number; max: number }
  | { type: 'items'; count: number; max: number }
  | { type: 'line'; line: string }

export type Read = { ok: true; value: unknown } | { ok: false; unfit: Unfit }

/**
 * A value in the form it is edited in: numbers and lists as text, so that what does not fit can stay
 * as it was typed. Null is null.
 */
export function typedOf({ control }: SettingField, value: unknown): unknown {
  if (value === null) return null
  switch (control.type) {
    case 'number':
      return numberText(Number(value) / control.factor)
    case 'list':
      return Array.isArray(value) ? value.join('\n') : null
    default:
      return value
  }
}

/** A number as it is shown in a field; 1,000 reads better than 1000, and is understood. */
export function numberText(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 3 })
}

/** What was typed as a value of the setting, or why it is none. */
export function readTyped(field: SettingField, typed: unknown): Read {
  const { control, isNullable } = field
  if (typed === null) {
    if (control.type === 'list') return { ok: true, value: control.all }
    return isNullable ? { ok: true, value: null } : unfit({ type: 'missing' })
  }
  switch (control.type) {
    case 'number':
      return readNumber(control, String(typed))
    case 'text':
    case 'longText':
    case 'secret':
      return readText(control, String(typed))
    case 'list':
      return readList(control, String(typed))
    case 'pairs':
      return readPairs(control, typed as [string, string][])
    case 'colour':
      return /^#[0-9a-f]{6}$/i.test(String(typed)) ? fit(typed) : unfit({ type: 'colour' })
    case 'timeZone':
      return isTimeZone(String(typed)) ? fit(typed) : unfit({ type: 'zone' })
    default:
      return fit(typed)
  }
}

function fit(value: unknown): Read {
  return { ok: true, value }
}

function unfit(reason: Unfit): Read {
  return { ok: false, unfit: reason }
}

type Of<Type extends Control['type']> = Extract<Control, { type: Type }>

function readNumber({ min, max, isWhole, factor }: Of<'number'>, text: string): Read {
  const number = numberIn(text, isWhole)
  if (number === null) return unfit({ type: isWhole ? 'whole' : 'number', min, max })
  if (number < min || number > max) return unfit({ type: isWhole ? 'whole' : 'number', min, max })
  return fit(factor === 1 ? number : Math.round(number * factor))
}

function numberIn(text: string, isWhole: boolean): number | null {
  const typed = text.trim().replace(/[\s_]/g, '')
  const isGrouped = isWhole || /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(typed)
  const plain = isGrouped ? typed.replaceAll(',', '') : typed.replace(',', '.')
  const form = isWhole ? /^\d{1,15}$/ : /^(\d{1,15}(\.\d*)?|\.\d+)$/
  return form.test(plain) ? Number(plain) : null
}

type Bounds = Of<'text' | 'longText' | 'secret'>

function readText({ type, lengthMin, lengthMax, pattern }: Bounds, typed: string): Read {
  // A line is meant without the blanks around it; in a longer text they may be meant.
  const text = type === 'longText' ? typed : typed.trim()
  if (text.length < lengthMin) return unfit({ type: 'missing' })
  if (lengthMax !== null && text.length > lengthMax) {
    return unfit({ type: 'length', count: text.length, max: lengthMax })
  }
  return pattern && !pattern.test(text) ? unfit({ type: 'form' }) : fit(text)
}

function readList({ itemsMax, lengthMax, pattern, options }: Of<'list'>, text: string): Read {
  const lines = text.split(/[\n,]/).map((line) => line.trim())
  const items = [...new Set(lines.filter((line) => line !== ''))]
  const wrong = items.find(
    (item) =>
      item.length > (lengthMax ?? Infinity) ||
      (pattern !== null && !pattern.test(item)) ||
      (options !== null && !options.includes(item)),
  )
  if (wrong !== undefined) return unfit({ type: 'line', line: wrong })
  if (items.length > itemsMax) return unfit({ type: 'items', count: items.length, max: itemsMax })
  return fit(items)
}

function readPairs({ itemsMax, lengthMax }: Of<'pairs'>, typed: readonly [string, string][]): Read {
  const pairs = typed.filter(([before, after]) => before !== '' || after !== '')
  if (pairs.some(([before, after]) => before === '' || after === '')) return unfit({ type: 'pair' })
  const longest = Math.max(0, ...pairs.flat().map((text) => text.length))
  if (longest > lengthMax) return unfit({ type: 'length', count: longest, max: lengthMax })
  if (pairs.length > itemsMax) return unfit({ type: 'items', count: pairs.length, max: itemsMax })
  return fit(pairs)
}

function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

/** Whether two values of a setting are the same. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Whether what was typed would change what is stored. Of a secret only its being set is known. */
export function changesStored(field: SettingField, typed: unknown, stored: unknown): boolean {
  if (field.control.type === 'secret') {
    const isSet = (stored as { set?: boolean } | undefined)?.set === true
    return typed === null ? isSet : typed !== undefined && typed !== ''
  }
  const read = readTyped(field, typed)
  return !read.ok || !isSame(read.value, stored)
}
