import { endpoint } from './endpoint.ts'

/** All that can be asked of this server, as an OpenAPI document. */
export const getApiDocument = endpoint({
  method: 'GET',
  path: '/api/openapi.json',
  audience: 'public',
})

/** The same as a page to be read. */
export const readApiReference = endpoint({ method: 'GET', path: '/api/docs', audience: 'public' })
