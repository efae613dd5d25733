import type { JsonSchema } from '../open-api.ts'
import { html, type Html } from './html.ts'
import { prose } from './prose.ts'

/**
 * What a schema asks for: in a word, and field by field where it is made of fields. `inside` is what
 * one that is only a reference leads to.
 */
export function schemaView(schema: JsonSchema, inside = schema): Html {
  const [type, note, fields] = [typeOf(schema), noteOf(schema), fieldsOf(inside)]
  const isSaid = fields !== null && note === null && type.text === 'object'
  return html`${isSaid ? null : html`<p class="type">${type}${note}</p>`}${fields}`
}

/** The fields of an object, of what a list holds, or of each form that a value can have. */
function fieldsOf(schema: JsonSchema): Html | null {
  const forms = formsOf(schema)
  if (forms.length > 1) {
    return html`${forms.map(
      (form, index) =>
        html`<div class="form">
          <p class="form-name">${formName(form, index)}</p>
          ${schemaView(form)}
        </div>`,
    )}`
  }
  const within = forms[0] ?? schema.items ?? schema.additionalProperties
  const fields = Object.entries(schema.properties ?? {})
  if (fields.length === 0) return typeof within === 'object' ? fieldsOf(within) : null
  return html`<ul class="fields">
    ${fields.map(([name, field]) => fieldView(name, field, schema.required?.includes(name) ?? false))}
  </ul>`
}

function fieldView(name: string, field: JsonSchema, isRequired: boolean): Html {
  const inner = fieldsOf(field)
  const line = html`${nameView(name, isRequired)}<span class="type"
      >${typeOf(field)}${noteOf(field)}</span
    >`
  if (inner === null) return html`<li>${line}</li>`
  return html`<li>
    <details>
      <summary>${line}</summary>
      ${inner}
    </details>
  </li>`
}

/** A name, and whether it may be absent. */
export function nameView(name: string, isRequired: boolean): Html {
  return html`<code class="name">${name}</code>${
      isRequired ? null : html`<span class="optional">optional</span>`
    }`
}

/** The forms of a value that are made of fields; what is only a word is in its type. */
function formsOf(schema: JsonSchema): JsonSchema[] {
  const all = schema.oneOf ?? schema.anyOf ?? []
  return all.filter((form) => fieldsOf(form) !== null)
}

/** A form is known by what is the same in all of its kind. */
function formName(form: JsonSchema, index: number): Html {
  const fixed = Object.entries(form.properties ?? {}).filter(
    ([, { const: value }]) => value !== undefined,
  )
  if (fixed.length === 0) return html`Form ${index + 1}`
  return html`${fixed.map(([name, { const: value }]) => html`<code>${name}: ${String(value)}</code> `)}`
}

/** The type of a value in a few words. */
export function typeOf(schema: JsonSchema): Html {
  if (schema.$ref) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
    return html`<a href="#schema-${name}">${name}</a>`
  }
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`
  if (schema.enum)
    return either(schema.enum.map((value) => html`<code>${JSON.stringify(value)}</code>`))
  const forms = schema.oneOf ?? schema.anyOf
  if (forms) return either(unique(forms.map(typeOf)))
  if (schema.allOf) return html`${schema.allOf.map(typeOf)}`
  if (schema.items) return html`list of ${plural(typeOf(schema.items))}`
  if (typeof schema.additionalProperties === 'object') {
    return html`object of ${typeOf(schema.additionalProperties)} by key`
  }
  if (Array.isArray(schema.type)) return either(schema.type.map((type) => html`${type}`))
  if (schema.contentMediaType) return html`file`
  return html`${schema.type ?? 'anything'}`
}

/** Of the plain types; names stay as they are. */
function plural(type: Html): Html {
  return /^(string|number|integer|boolean|object)$/.test(type.text) ? html`${type}s` : type
}

function either(options: Html[]): Html {
  return html`${options.map((option, index) => [index > 0 && ' or ', option])}`
}

function unique(options: Html[]): Html[] {
  return Array.from(new Map(options.map((option) => [option.text, option])).values())
}

/** What a value has to keep to. */
export function noteOf(schema: JsonSchema): Html | null {
  const notes = [
    range(schema.minLength, schema.maxLength, ' character'),
    range(schema.minItems, schema.maxItems, ' item'),
    range(schema.minimum, schema.maximum, ''),
  ].filter((note) => note !== '')
  const fallback = schema.default === undefined ? null : JSON.stringify(schema.default)
  const parts = [
    notes.length > 0 && html`, ${notes.join(', ')}`,
    schema.pattern && html`, like <code>${schema.pattern}</code>`,
    fallback !== null && html`, default <code>${fallback}</code>`,
    schema.description && html`. ${prose(schema.description)}`,
  ]
  return parts.some(Boolean) ? html`<span class="note">${parts}</span>` : null
}

function range(min: number | undefined, max: number | undefined, unit: string): string {
  const bounds =
    min !== undefined && max !== undefined
      ? `${grouped(min)} to ${grouped(max)}`
      : max !== undefined
        ? `at most ${grouped(max)}`
        : min !== undefined
          ? `at least ${grouped(min)}`
          : ''
  if (bounds === '' || unit === '') return bounds
  return `${bounds}${unit}${(max ?? min) === 1 ? '' : 's'}`
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ' ')
}
