import { existsSync, readFileSync } from 'node:fs'
import { createRequire, registerHooks, type ResolveHookSync } from 'node:module'
import { fileURLToPath } from 'node:url'

/** OpenAI's published schemas, and the rules of a stream that no schema can say. */
export interface OpenAiContract {
  /** What is wrong with a value, by the name of its schema; nothing where it is valid. */
  compile(schema: string): (value: unknown) => string[]
  /** The same for a part of a schema, by its name there. */
  compilePart(schema: string, part: string): (value: unknown) => string[]
  /** The same for every event of a stream. */
  validateSse(schema: string, text: string): string[]
  streamRules(text: string, options?: { includeUsage?: boolean }): string[]
  /** The data of every event. */
  sseData(text: string): string[]
}

const address = new URL('../../shared/fixtures/openai-contract/validate.mjs', import.meta.url).href

/** Whether the schemas are there, and what checks them; where not, says that `tests` are skipped. */
export function hasOpenAiContract(tests: string): boolean {
  const isThere = existsSync(fileURLToPath(address))
  const isInstalled = installed('ajv/dist/2020') !== null
  const missing = isThere ? 'ajv' : '../shared/fixtures/openai-contract'
  if (!isThere || !isInstalled) console.warn(`SKIPPED: ${tests}, no ${missing}`)
  return isThere && isInstalled
}

export async function loadOpenAiContract(): Promise<OpenAiContract> {
  // What it checks with is installed here, and not where it lies.
  const resolve: ResolveHookSync = (specifier, context, next) =>
    next((specifier.startsWith('ajv/') && installed(specifier)) || specifier, context)
  const hooks = registerHooks({ resolve })
  try {
    const { compile, validateSse, streamRules, sseData } = await import(address)
    return { compile, compilePart, validateSse, streamRules, sseData }
  } finally {
    hooks.deregister()
  }
}

type Compiler = new (options: object) => {
  compile(schema: object): {
    (value: unknown): boolean
    errors: { instancePath: string; message: string }[]
  }
}

function compilePart(schema: string, part: string): (value: unknown) => string[] {
  const require = createRequire(import.meta.url)
  const { default: Ajv } = require(installed('ajv/dist/2020') ?? '') as { default: Compiler }
  const file = fileURLToPath(new URL(`${schema}.schema.json`, address).href)
  const { $defs } = JSON.parse(readFileSync(file, 'utf8'))
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false })
  const check = ajv.compile({ $ref: `#/$defs/${part}`, $defs })
  return (value) =>
    check(value)
      ? []
      : check.errors.map(({ instancePath, message }) => `${instancePath} ${message}`)
}

function installed(specifier: string): string | null {
  try {
    return createRequire(import.meta.url).resolve(specifier)
  } catch {
    return null
  }
}
