import type * as z from 'zod/mini'
import { invalidField } from './field-faults.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/**
 * `body` as `schema` says, or a refusal of the first field that does not fit, in OpenAI's manner.
 * `at` is where in the whole body it stands.
 */
export function checkBody<T>(schema: z.ZodMiniType<T>, body: unknown, at = ''): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const { issue, path } = nearest(parsed.error.issues[0]!, [])
  const names = [...(at === '' ? [] : [at]), ...path.map(String)]
  throw invalidField(names.join('.'), messageOf(issue, valueAt(body, path)))
}

/** The issue itself; of a field that has several forms, that of the form the value is nearest to. */
function nearest(issue: Issue, before: Path): { issue: Issue; path: Path } {
  const path = [...before, ...issue.path]
  const inner = formsOf(issue)
    .filter((each) => nearness(each) > 0)
    .toSorted((a, b) => nearness(b) - nearness(a))[0]
  return inner ? nearest(inner, path) : { issue, path }
}

/** What each form of a field objects to. */
function formsOf(issue: Issue): Issue[] {
  return issue.code === 'invalid_union' ? issue.errors.flatMap((issues) => issues.slice(0, 1)) : []
}

/** None where the value is of another type altogether; the deeper the objection, the nearer. */
function nearness({ path, code }: Issue): number {
  return path.length * 2 + (code === 'invalid_type' ? 0 : 1)
}

function messageOf(issue: Issue, value: unknown): string {
  if (value === undefined) return 'Missing required parameter.'
  switch (issue.code) {
    case 'invalid_type':
      return `Invalid type: expected ${kindWord(issue.expected)}, but got ${kindOf(value)} instead.`
    case 'invalid_value':
      return notOneOf(issue.values, value)
    case 'invalid_union': {
      if ('options' in issue) return notOneOf(issue.options as unknown[], value)
      const kinds = formsOf(issue).map((each) =>
        'expected' in each ? kindWord(each.expected) : '',
      )
      return `Invalid type: expected ${kinds.join(' or ')}, but got ${kindOf(value)} instead.`
    }
    case 'too_small':
      return `Below minimum ${measureOf(value)}. Expected at least ${issue.minimum}, but got ${sizeOf(value)}.`
    case 'too_big':
      return `Above maximum ${measureOf(value)}. Expected at most ${issue.maximum}, but got ${sizeOf(value)}.`
    default:
      return 'Invalid value.'
  }
}

function notOneOf(values: readonly unknown[], value: unknown): string {
  const named = values.map((each) => `'${String(each)}'`).join(', ')
  return `Invalid value: ${shown(value)}. Supported values are: ${named}.`
}

function kindWord(kind: string): string {
  const word = kind === 'int' ? 'integer' : kind
  return /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal'
  return kindWord(typeof value)
}

const hasLength = (value: unknown): value is string | unknown[] =>
  Array.isArray(value) || typeof value === 'string'
const measureOf = (value: unknown) => (hasLength(value) ? 'length' : 'value')
const sizeOf = (value: unknown) => (hasLength(value) ? value.length : shown(value))

/** A value as a message may repeat it. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : (JSON.stringify(value) ?? '')
  return text.length <= 64 ? text : `${text.slice(0, 63)}…`
}

function valueAt(body: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    body,
  )
}
