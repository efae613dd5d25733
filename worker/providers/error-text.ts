import { fieldsOf, listOf, textOf, type Fields } from './narrow.ts'

/** What an error body says, whatever its shape. */
export interface ErrorText {
  message: string
  /** Its codes, types and parameter names, for recognising it. */
  codes: string[]
  /** An HTTP status named inside the body. */
  status: number | null
  fields: Fields
}

const messageFields = ['message', 'msg', 'detail', 'error_description', 'error_message', 'title']
const codeFields = ['code', 'type', 'status', 'error_type', 'param', 'object']
const statusFields = ['status_code', 'code', 'status', 'http_status']

/** No provider wraps an error in more than this; what lies deeper is not worth a look. */
const depthMax = 8

/** Reads an error as providers send it: an object of many shapes, a list, text or a web page. */
export function readError(value: unknown, depth = 0): ErrorText {
  if (depth > depthMax) return plain('')
  if (typeof value === 'string') return readErrorText(value, depth)
  if (Array.isArray(value)) {
    const first = value.find((item) => fieldsOf(item) ?? textOf(item))
    return first === undefined ? plain(jsonOf(value)) : readError(first, depth + 1)
  }
  const fields = fieldsOf(value)
  if (!fields) return plain(value === undefined ? '' : String(value))
  const { error, errors } = fields
  if (fieldsOf(error) || Array.isArray(error)) return withOuter(readError(error, depth + 1), fields)
  const message =
    messageOf(fields, depth) ||
    textOf(error) ||
    (listOf(errors).length > 0 ? readError(errors, depth + 1).message : '') ||
    jsonOf(value)
  return withOuter(
    { message: message + causeOf(fields, depth), codes: [], status: null, fields },
    fields,
  )
}

function readErrorText(text: string, depth: number): ErrorText {
  const trimmed = text.trim()
  if (/^[[{]/.test(trimmed)) {
    try {
      return readError(JSON.parse(trimmed), depth + 1)
    } catch {
      return plain(trimmed)
    }
  }
  return plain(trimmed.startsWith('<') ? textOfPage(trimmed) : trimmed)
}

/** Empty for what is nested so deep that it cannot be written down. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    return ''
  }
}

const plain = (message: string): ErrorText => ({ message, codes: [], status: null, fields: {} })

function withOuter(inner: ErrorText, outer: Fields): ErrorText {
  const codes = codeFields.map((name) => outer[name]).filter((code) => code !== undefined)
  const statuses = statusFields.map((name) => Number(outer[name]))
  return {
    ...inner,
    codes: [...inner.codes, ...codes.map(String)],
    status: inner.status ?? statuses.find((status) => status >= 400 && status < 600) ?? null,
  }
}

function messageOf(fields: Fields, depth: number): string {
  for (const name of messageFields) {
    const value = fields[name]
    if (typeof value === 'string' && value !== '') return value
    // FastAPI lists what was wrong with the request.
    if (fieldsOf(value) ?? listOf(value)[0]) return readError(value, depth + 1).message
  }
  return ''
}

/** Routers wrap the error of the provider they called. */
function causeOf(fields: Fields, depth: number): string {
  const raw = fieldsOf(fields.metadata)?.raw
  return raw ? `: ${readError(raw, depth + 1).message}` : ''
}

function textOfPage(page: string): string {
  const title = /<title[^>]*>([^<]*)</i.exec(page)?.[1]?.trim()
  return (
    title ||
    page
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  )
}
