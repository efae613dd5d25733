import { ConnectionFile } from '../../contract/connections.ts'
import { OverrideFile } from '../../contract/models.ts'
import type { Section } from './words.ts'

export const models: Section = {
  name: 'Models',
  description: 'What there is to chat with, and what administrators say of it.',
  endpoints: {
    'GET /api/models': {
      summary: 'List the models one may use.',
      description:
        'With `all` administrators are also shown those that are hidden, denied or only for embeddings.',
    },
    'PATCH /api/models/:id': { summary: 'Override what is known of a model.' },
    'PATCH /api/models': { summary: 'Override the same fields of several models at once.' },
    'DELETE /api/models/:id/overrides': {
      summary: 'Return a model to what its provider and the table of known models say.',
    },
    'POST /api/models/overrides/delete': {
      summary: 'Return several models, or all of them, to what is known without overrides.',
    },
    'POST /api/models/refresh': { summary: 'Ask every connection anew which models it has.' },
    'GET /api/models/export': { summary: 'Download all overrides as a file.' },
    'POST /api/models/import': {
      summary: 'Apply a file of overrides to the models it names.',
      body: OverrideFile,
      refuses: ['import_unreadable'],
    },
  },
}

export const connections: Section = {
  name: 'Connections',
  description:
    'The providers models come from. Keys and header values are written and never read: replies only say whether there are any.',
  endpoints: {
    'GET /api/providers': { summary: 'List the kinds of providers that can be connected.' },
    'GET /api/connections': { summary: 'List the connections in their order.' },
    'POST /api/connections': {
      summary: 'Add a connection and ask it for its models.',
      refuses: ['address_refused'],
    },
    'GET /api/connections/:id': { summary: 'Read a connection.' },
    'PATCH /api/connections/:id': {
      summary: 'Change a connection.',
      refuses: ['address_refused'],
    },
    'DELETE /api/connections/:id': { summary: 'Delete a connection with its models.' },
    'POST /api/connections/verify': {
      summary: 'Try a connection before it is stored.',
      description: 'Answers 200 whether or not it works, with the provider’s own words.',
      refuses: ['address_refused'],
    },
    'POST /api/connections/:id/verify': {
      summary: 'Try a stored connection, with unsaved changes laid over it.',
      description: 'Answers 200 whether or not it works, with the provider’s own words.',
      refuses: ['address_refused'],
    },
    'POST /api/connections/:id/refresh': {
      summary: 'Ask one connection anew which models it has.',
    },
    'GET /api/connections/export': {
      summary: 'Download all connections as a file, without anything secret.',
    },
    'POST /api/connections/import': {
      summary: 'Make the connections of a file that are not there yet.',
      body: ConnectionFile,
      refuses: ['import_unreadable'],
    },
  },
}
