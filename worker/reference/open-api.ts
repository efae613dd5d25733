/** As much of JSON Schema 2020-12 as the contract's schemas come to. */
export interface JsonSchema {
  $ref?: string
  type?: string | string[]
  title?: string
  description?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  propertyNames?: JsonSchema
  items?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  enum?: unknown[]
  const?: unknown
  default?: unknown
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  contentMediaType?: string
}

export interface Reference {
  $ref: string
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  description?: string
  schema: JsonSchema
}

export interface MediaType {
  schema?: JsonSchema
  encoding?: Record<string, { contentType: string }>
}

export interface RequestBody {
  required: boolean
  description?: string
  content: Record<string, MediaType>
}

export interface Reply {
  description: string
  headers?: Record<string, Reference>
  content?: Record<string, MediaType>
}

export interface Operation {
  operationId: string
  tags: [string]
  summary: string
  description: string
  /** Who may call, in a word or two. */
  'x-callers': string
  security: Record<string, string[]>[]
  parameters?: (Parameter | Reference)[]
  requestBody?: RequestBody
  responses: Record<string, Reply | Reference>
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** An OpenAPI document, version 3.1. */
export interface OpenApi {
  openapi: '3.1.0'
  info: { title: string; version: string; summary: string; description: string }
  servers: { url: string }[]
  tags: { name: string; description: string }[]
  paths: Record<string, Partial<Record<Method, Operation>>>
  components: {
    schemas: Record<string, JsonSchema>
    responses: Record<string, Reply>
    parameters: Record<string, Parameter>
    headers: Record<string, { description: string; schema: JsonSchema }>
    securitySchemes: Record<string, Record<string, string>>
  }
}

/** Where a named part of the document stands. */
export function refTo(part: keyof OpenApi['components'], name: string): Reference {
  return { $ref: `#/components/${part}/${name}` }
}
