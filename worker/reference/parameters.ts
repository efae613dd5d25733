import * as z from 'zod/mini'
import { BrandImage } from '../contract/branding.ts'
import { idSchema } from '../contract/ids.ts'
import { JobName } from '../contract/jobs.ts'
import type { Parameter } from './open-api.ts'
import type { SchemaBook } from './schema-book.ts'

/** What the names in paths stand for, by what goes before them. */
const namedInPaths: Record<string, z.ZodMiniType> = {
  'api-keys': idSchema('key'),
  attachments: idSchema('attachment'),
  branding: BrandImage,
  connections: idSchema('connection'),
  conversations: idSchema('conversation'),
  jobs: JobName,
  messages: idSchema('message'),
  models: idSchema('model'),
  sessions: idSchema('session'),
  stream: idSchema('message'),
  users: idSchema('user'),
}

/** The `:names` of a path. */
export function pathParameters(path: string, schemas: SchemaBook): Parameter[] {
  return Array.from(path.matchAll(/([\w-]+)\/:(\w+)/g), ([, before = '', name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: schemas.of(namedInPaths[before] ?? z.string(), 'input'),
  }))
}

/** The parameters of a query. They are told as what they are read as, not as the text they come in. */
export function queryParameters(
  query: z.ZodMiniType | undefined,
  schemas: SchemaBook,
): Parameter[] {
  if (query === undefined) return []
  const { properties = {} } = schemas.of(query, 'output')
  const { required = [] } = schemas.of(query, 'input')
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

/** Parameters that are told in words. */
export function texts(place: Parameter['in'], words: Record<string, string> = {}): Parameter[] {
  return Object.entries(words).map(([name, description]) => ({
    name,
    in: place,
    description,
    schema: { type: 'string' },
  }))
}
