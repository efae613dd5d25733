import * as z from 'zod/mini'
import { idFrom, prefixes, type Kind } from '../contract/ids.ts'
import { SettingsPatch } from '../contract/settings.ts'
import { settings } from '../contract/settings-registry.ts'
import { schemas } from './contract-names.ts'
import { refTo, type JsonSchema } from './open-api.ts'

/** `input` is what a caller sends, `output` what it is sent: defaults may be left out of the one only. */
type Io = 'input' | 'output'
type Schemas = Record<string, JsonSchema>

/** Every setting that can be written, by its key. */
const SettingValues = z.partial(
  z.strictObject(
    Object.fromEntries(
      Object.entries(settings).map(([key, { schema, default: fallback }]) => [
        key,
        z._default(schema as z.ZodMiniType, fallback),
      ]),
    ),
  ),
)
const named = new Map([...schemas, ['SettingValues', SettingValues]])
const names = z.registry<{ id: string }>()
for (const [id, schema] of named) names.add(schema, { id })

/** The schemas of a document: each is written once and referred to where it has a name. */
export class SchemaBook {
  readonly #named: Record<Io, Schemas> = { input: allNamed('input'), output: allNamed('output') }
  /** Those that are another thing on the way in than on the way out. */
  readonly #differing = differing(this.#named)
  readonly #used = new Map<string, JsonSchema>()

  of(schema: z.core.$ZodType, io: Io): JsonSchema {
    return this.#referring(convert(schema, io).json, io)
  }

  /** Those that were referred to, by their names. */
  components(): Schemas {
    return Object.fromEntries(
      Array.from(this.#used).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
    )
  }

  /** `schema` with its references leading to the components. */
  #referring(schema: JsonSchema, io: Io): JsonSchema {
    return JSON.parse(JSON.stringify(schema), (key, value: unknown) => {
      if (key !== '$ref' || typeof value !== 'string') return value
      return refTo('schemas', this.#use(value.slice('#/$defs/'.length), io)).$ref
    }) as JsonSchema
  }

  #use(name: string, io: Io): string {
    const shown = io === 'input' && this.#differing.has(name) ? `${name}Input` : name
    const known = this.#named[io][name]
    if (this.#used.has(shown) || known === undefined) return shown
    // First, because a schema may refer to itself.
    this.#used.set(shown, {})
    this.#used.set(shown, this.#referring(known, io))
    return shown
  }
}

function convert(schema: z.core.$ZodType, io: Io): { json: JsonSchema; defs: Schemas } {
  const {
    $schema: _,
    $defs = {},
    ...json
  } = z.toJSONSchema(schema, { io, metadata: names, unrepresentable: instead, override: tidy })
  return { json: json as JsonSchema, defs: $defs as Schemas }
}

const kinds = Object.keys(prefixes) as Kind[]
const idName = (kind: Kind) => `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}Id`

const idSchemas: Schemas = Object.fromEntries(
  kinds.map((kind) => [
    idName(kind),
    {
      type: 'string',
      pattern: `^${prefixes[kind]}_[0-9a-z]{24}$`,
      description: `The id of ${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}.`,
    },
  ]),
)

function allNamed(io: Io): Schemas {
  return Object.assign(
    { ...idSchemas },
    ...Array.from(named.values(), (schema) => convert(schema, io).defs),
  ) as Schemas
}

/** What JSON Schema has no words for: an id is known by what it accepts. */
function instead({
  zodSchema,
}: {
  zodSchema: z.core.$ZodTypes
}): z.core.JSONSchema.BaseSchema | 'any' {
  const { def } = zodSchema._zod
  if (def.type === 'transform') {
    // Queries are text, and the transforms there are make numbers of it.
    return { type: 'number' }
  }
  if (zodSchema === settingsToChange) return { $ref: '#/$defs/SettingValues' }
  const kind = kinds.find((each) => z.safeParse(zodSchema, idFrom(each, '')).success)
  return kind === undefined ? 'any' : { $ref: `#/$defs/${idName(kind)}` }
}

const settingsToChange: unknown = SettingsPatch.shape.values._zod.def.innerType

/** Leaves out what says nothing, and the promise that a reply will never have another field. */
function tidy({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodTypes
  jsonSchema: z.core.JSONSchema.BaseSchema
}): void {
  const { def } = zodSchema._zod
  if (def.type === 'object' && def.catchall?._zod.def.type !== 'never') {
    delete jsonSchema.additionalProperties
  }
  if (def.type === 'record' && def.keyType._zod.def.type === 'string')
    delete jsonSchema.propertyNames
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
}

function differing({ input, output }: Record<Io, Schemas>): Set<string> {
  const names = Object.keys(input)
  const found = new Set(
    names.filter((name) => JSON.stringify(input[name]) !== JSON.stringify(output[name])),
  )
  // Whatever refers to one that differs does so too.
  for (let known = -1; known !== found.size;) {
    known = found.size
    for (const name of names) {
      if (refsIn(input[name]).some((ref) => found.has(ref))) found.add(name)
    }
  }
  return found
}

function refsIn(schema: JsonSchema | undefined): string[] {
  return Array.from(JSON.stringify(schema).matchAll(/"#\/\$defs\/(\w+)"/g), ([, name = '']) => name)
}
