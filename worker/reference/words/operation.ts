import type { Section } from './words.ts'

const health = { also: { 503: 'The same, where the installation cannot work.' } }

export const operation: Section = {
  name: 'Operation',
  description: 'Whether all is well, who did what, and this document.',
  endpoints: {
    'GET /api/settings/health': {
      summary: 'Say whether the database, the objects and the files answer.',
      ...health,
    },
    'GET /api/health': { summary: 'The same under a shorter address.', ...health },
    'GET /api/jobs': { summary: 'List what runs on a schedule and how it went.' },
    'POST /api/jobs/:name/run': {
      summary: 'Run one of the scheduled jobs now.',
      refuses: ['conflict'],
    },
    'GET /api/audit': { summary: 'List what was done to the installation, by whom and when.' },
    'GET /api/openapi.json': {
      summary: 'Read this document as OpenAPI.',
      mediaTypes: ['application/json'],
    },
    'GET /api/docs': {
      summary: 'Read this document as a page.',
      mediaTypes: ['text/html'],
    },
  },
}
