import type * as z from 'zod/mini'
import { invalidField } from './field-faults.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** `body` as `schema` says, or a refusal of the first field that does not fit, in OpenAI's words. */
export function checkBody<T>(schema: z.ZodMiniType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const { issue, path } = nearest(parsed.error.issues[0]!, [])
  const name = path.map(String).join('.')
  throw invalidField(name, messageOf(issue, valueAt(body, path)))
}

/** The issue itself; of a field with several forms, that of the form it was nearest to. */
function nearest(issue: Issue, before: Path): { issue: Issue; path: Path } {
  const path = [...before, ...issue.path]
  if (issue.code !== 'invalid_union') return { issue, path }
  const inner = issue.errors
    .map((issues) => issues[0])
    .filter((each) => each !== undefined && each.path.length + depthOf(each) > 0)
    .toSorted((a, b) => depthOf(b!) - depthOf(a!))[0]
  return inner ? nearest(inner, path) : { issue, path }
}

function depthOf(issue: Issue): number {
  // What is not of the type is of another form altogether.
  return issue.path.length * 2 + (issue.code === 'invalid_type' ? 0 : 1)
}

function messageOf(issue: Issue, value: unknown): string {
  if (value === undefined) return 'Missing required parameter.'
  switch (issue.code) {
    case 'invalid_type':
      return `Invalid type: expected ${withArticle(issue.expected)}, but got ${kindOf(value)} instead.`
    case 'invalid_value':
      return `Invalid value: '${shown(value)}'. Supported values are: ${issue.values.map((each) => `'${String(each)}'`).join(', ')}.`
    case 'too_small':
      return `Below minimum ${sizeOf(value)}. Expected at least ${issue.minimum}, but got ${countOf(value)}.`
    case 'too_big':
      return `Above maximum ${sizeOf(value)}. Expected at most ${issue.maximum}, but got ${countOf(value)}.`
    default:
      return 'Invalid value.'
  }
}

const sizeOf = (value: unknown) =>
  Array.isArray(value) || typeof value === 'string' ? 'length' : 'value'
const countOf = (value: unknown) =>
  Array.isArray(value) || typeof value === 'string' ? value.length : shown(value)

function withArticle(expected: string): string {
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal'
  return withArticle(typeof value)
}

const shown = (value: unknown) =>
  (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 64)

function valueAt(body: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    body,
  )
}
