/** A setting as the server describes it. */
export interface RegistryEntry {
  section: string
  reach: string
  default: unknown
  /** JSON Schema. */
  schema: Record<string, unknown>
}
export type Registry = Record<string, RegistryEntry>

/** What a number counts, as far as the name of its setting says. */
export type Unit =
  | 'milliseconds'
  | 'seconds'
  | 'minutes'
  | 'hours'
  | 'days'
  | 'messagesPerDay'
  | 'tokensPerDay'
  | 'requestsPerMinute'
  | 'tokens'
  | 'characters'

interface TextBounds {
  lengthMin: number
  /** Null where only the pattern says how long it may be. */
  lengthMax: number | null
  pattern: RegExp | null
}

export interface NumberControl {
  type: 'number'
  /** In the unit it is shown in, as is `max`. */
  min: number
  max: number
  isWhole: boolean
  unit: Unit | null
  /** How many of what is stored make one of what is shown. */
  factor: number
}

/** What a setting is set with. */
export type Control =
  | { type: 'switch' }
  | { type: 'choice'; options: readonly string[] }
  | NumberControl
  | ({ type: 'text' } & TextBounds)
  | ({ type: 'longText' } & TextBounds)
  | ({ type: 'secret' } & TextBounds)
  | { type: 'colour' }
  | { type: 'timeZone' }
  | { type: 'model' }
  | { type: 'pairs'; itemsMax: number; lengthMax: number }
  | ({ type: 'list'; itemsMax: number; options: readonly string[] | null } & TextBounds & {
        /** Stands for everything instead of a list. */
        all: string | null
      })

export interface SettingField {
  key: string
  section: string
  default: unknown
  /** Whether null is a value: no limit, kept for ever, left to somebody else. */
  isNullable: boolean
  control: Control
}

/** From here on a text is written on several lines. */
const longTextFrom = 1_000

/** How the setting `key` is shown and set; nothing about it is known beside its description. */
export function fieldOf(key: string, entry: RegistryEntry): SettingField {
  const { section, reach, default: fallback, schema } = entry
  const alternatives = (schema.anyOf as Schema[] | undefined) ?? [schema as Schema]
  const isNullable = alternatives.some(({ type }) => type === 'null')
  const said = alternatives.filter(({ type }) => type !== 'null')
  const control: Control =
    reach === 'secret'
      ? { type: 'secret', ...textBounds(said[0] ?? {}) }
      : controlOf(key, schema.format as string | undefined, said)
  return { key, section, default: fallback, isNullable, control }
}

interface Schema {
  type?: string
  enum?: string[]
  const?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  maxItems?: number
  items?: Schema
  prefixItems?: Schema[]
}

function controlOf(key: string, format: string | undefined, alternatives: Schema[]): Control {
  const schema = alternatives.find(({ type }) => type === 'array') ?? alternatives[0] ?? {}
  if (format === 'time-zone') return { type: 'timeZone' }
  if (format === 'model-id') return { type: 'model' }
  if (format === 'color') return { type: 'colour' }
  if (schema.type === 'boolean') return { type: 'switch' }
  if (schema.enum) return { type: 'choice', options: schema.enum }
  if (schema.type === 'integer' || schema.type === 'number') return numberControl(key, schema)
  if (schema.type === 'array') {
    const all = alternatives.find((other) => other.const !== undefined)?.const ?? null
    return listControl(schema, all)
  }
  const bounds = textBounds(schema)
  return (bounds.lengthMax ?? 0) >= longTextFrom
    ? { type: 'longText', ...bounds }
    : { type: 'text', ...bounds }
}

function listControl(schema: Schema, all: string | null): Control {
  const { maxItems: itemsMax = 100, items = {}, prefixItems } = schema
  const pair = (items.prefixItems ?? prefixItems)?.[0]
  if (pair) return { type: 'pairs', itemsMax, lengthMax: pair.maxLength ?? 100 }
  return { type: 'list', itemsMax, options: items.enum ?? null, all, ...textBounds(items) }
}

function textBounds({ minLength = 0, maxLength, pattern }: Schema): TextBounds {
  return {
    lengthMin: minLength,
    lengthMax: maxLength ?? null,
    // JSON Schema has no flags; the server has the last word on capital letters.
    pattern: pattern === undefined ? null : new RegExp(pattern, 'i'),
  }
}

function numberControl(key: string, { type, minimum = 0, maximum = 0 }: Schema): NumberControl {
  const unit = unitOf(key, maximum)
  const factor = unit === 'seconds' ? 1_000 : 1
  const isWhole = type === 'integer' && factor === 1
  return { type: 'number', min: minimum / factor, max: maximum / factor, isWhole, unit, factor }
}

const unitNames: readonly [RegExp, Unit][] = [
  [/minutes/i, 'minutes'],
  [/hours/i, 'hours'],
  [/days/i, 'days'],
  [/^messagesPerDay$/, 'messagesPerDay'],
  [/^tokensPerDay$/, 'tokensPerDay'],
  [/^requestsPerMinute$/, 'requestsPerMinute'],
  [/tokens/i, 'tokens'],
  [/lengthMax$|charsMax$/i, 'characters'],
]

/** The names of settings end in their units. */
function unitOf(key: string, max: number): Unit | null {
  const name = key.slice(key.lastIndexOf('.') + 1)
  if (name.endsWith('Ms')) return max < 1_000 ? 'milliseconds' : 'seconds'
  return unitNames.find(([pattern]) => pattern.test(name))?.[1] ?? null
}
