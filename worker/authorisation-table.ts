import { png } from './attachments/tiny-images.ts'
import { newId } from './contract/ids.ts'
import type { Belongings } from './authorisation-actors.ts'

/** Who may call an endpoint: everybody, whoever has an identity, an account, an administrator. */
export type Who = 'public' | 'actor' | 'user' | 'admin'

export interface Entry {
  who: Who
  /** The `:id` in the path, or all its names; those of somebody else are to look like nobody's. */
  id?: (own: Belongings) => string | readonly string[]
  /** Whether what `id` names belongs to whoever calls; things of administrators belong to all of them. */
  owned?: true
  body?: (own: Belongings) => unknown
  /** What a successful call answers, when it is not 200, or 204 for DELETE. */
  status?: number
}

const image = (): FormData => {
  const form = new FormData()
  form.set('file', new File([png(1, 1, crypto.randomUUID())], 'x.png'))
  return form
}

const conversation = {
  who: 'actor',
  owned: true,
  id: (own: Belongings) => own.conversationId,
} as const
const message = { who: 'actor', owned: true, id: (own: Belongings) => own.messageId } as const
const reply = { who: 'actor', owned: true, id: (own: Belongings) => own.replyId } as const
const attachment = { who: 'actor', owned: true, id: (own: Belongings) => own.attachmentId } as const
const key = { who: 'user', owned: true, id: (own: Belongings) => own.keyId } as const
const account = { who: 'admin', id: (own: Belongings) => own.otherUserId } as const
const connection = { who: 'admin', id: (own: Belongings) => own.connectionId } as const
const model = { who: 'admin', id: (own: Belongings) => own.modelId } as const
const brandImage = { id: () => 'logo' } as const

/** Product chapter 4 once more, in words of its own: a new endpoint needs a line here. */
export const authorisation: Record<string, Entry> = {
  'GET /api/health': { who: 'public' },
  'GET /api/settings/health': { who: 'public' },
  'GET /api/openapi.json': { who: 'public' },
  'GET /api/docs': { who: 'public' },
  'GET /api/settings': { who: 'public' },
  'GET /api/settings/branding': { who: 'public' },
  'GET /api/settings/branding/:image': { who: 'public', ...brandImage },
  'GET /api/me': { who: 'public' },
  'POST /api/auth/sign-up': {
    who: 'public',
    body: () => ({
      username: `new_${crypto.randomUUID().slice(0, 8)}`,
      password: 'correct horse 1',
    }),
    status: 201,
  },
  'POST /api/auth/sign-in': {
    who: 'public',
    body: (own) => ({ username: own.username, password: own.password }),
  },

  'POST /api/auth/sign-out': { who: 'actor', status: 204 },
  'GET /api/me/quota': { who: 'actor' },
  'GET /api/export': { who: 'actor' },
  'GET /api/changes': { who: 'actor' },
  'GET /api/models': { who: 'actor' },
  'GET /api/conversations': { who: 'actor' },
  'POST /api/conversations': {
    who: 'actor',
    body: () => ({ id: newId('conversation') }),
    status: 201,
  },
  'POST /api/conversations/delete': {
    who: 'actor',
    body: (own) => ({ ids: [own.conversationId] }),
  },
  'GET /api/conversations/:id': conversation,
  'PATCH /api/conversations/:id': { ...conversation, body: () => ({ pinned: true }) },
  'DELETE /api/conversations/:id': conversation,
  'GET /api/conversations/:id/messages': conversation,
  'POST /api/conversations/:id/title': conversation,
  'GET /api/messages/:id': message,
  'DELETE /api/messages/:id': message,
  'POST /api/chat/stream': {
    who: 'actor',
    body: (own) => ({
      mode: 'send',
      conversationId: newId('conversation'),
      messageId: newId('message'),
      replyId: newId('message'),
      parentId: null,
      content: 'Hello',
      modelId: own.modelId,
    }),
  },
  'GET /api/chat/stream/:replyId': reply,
  'POST /api/chat/stream/:replyId/cancel': reply,
  'POST /api/attachments': { who: 'actor', body: image, status: 201 },
  // Whoever has a signed address needs no session; without one it is for its owner.
  'GET /api/attachments/:id': attachment,
  'DELETE /api/attachments/:id': attachment,

  'PATCH /api/me': { who: 'user', body: () => ({ preferences: { theme: 'dark' } }) },
  'DELETE /api/me': { who: 'user', body: (own) => ({ password: own.password }), status: 204 },
  'PUT /api/me/avatar': { who: 'user', body: image },
  'DELETE /api/me/avatar': { who: 'user' },
  'GET /api/auth/sessions': { who: 'user' },
  'DELETE /api/auth/sessions': { who: 'user' },
  'DELETE /api/auth/sessions/:id': { who: 'user', owned: true, id: (own) => own.sessionId },
  'PUT /api/auth/password': {
    who: 'user',
    body: (own) => ({ current: own.password, next: own.password }),
    status: 204,
  },
  'GET /api/api-keys': { who: 'user' },
  'POST /api/api-keys': { who: 'user', body: () => ({ name: 'A script' }), status: 201 },
  'PATCH /api/api-keys/:id': { ...key, body: () => ({ name: 'Renamed' }) },
  'DELETE /api/api-keys/:id': key,
  // Administrators see every account's; its test is `an avatar` below.
  'GET /api/users/:id/avatar': { who: 'user', id: (own) => own.ownerId },

  'GET /api/users': { who: 'admin' },
  'POST /api/users': {
    who: 'admin',
    body: () => ({
      username: `made_${crypto.randomUUID().slice(0, 8)}`,
      password: 'correct horse 1',
    }),
    status: 201,
  },
  'POST /api/users/bulk': {
    who: 'admin',
    body: (own) => ({ ids: [own.otherUserId], action: 'disable' }),
  },
  'GET /api/users/:id': account,
  'PATCH /api/users/:id': { ...account, body: () => ({ role: 'user' }) },
  'DELETE /api/users/:id': account,
  'POST /api/users/:id/approve': { ...account, status: 409 },
  'POST /api/users/:id/enable': { ...account, status: 409 },
  'POST /api/users/:id/reject': { ...account, body: () => ({}), status: 409 },
  'POST /api/users/:id/disable': { ...account, body: () => ({}) },
  'PUT /api/users/:id/password': {
    ...account,
    body: () => ({ password: 'correct horse 2' }),
    status: 204,
  },
  'PUT /api/users/:id/limits': { ...account, body: () => ({ messagesPerDay: 5 }) },
  'POST /api/users/:id/sign-out': { ...account, status: 204 },
  'GET /api/users/:id/api-keys': account,
  'DELETE /api/users/:id/api-keys/:keyId': {
    who: 'admin',
    id: (own) => [own.otherUserId, own.otherKeyId],
  },
  'POST /api/quotas/reset': { who: 'admin', body: () => ({ scope: 'guests' }) },
  'GET /api/audit': { who: 'admin' },
  'GET /api/jobs': { who: 'admin' },
  'POST /api/jobs/:name/run': { who: 'admin', id: () => 'sessions' },

  'PATCH /api/settings': { who: 'admin', body: () => ({ values: {} }) },
  'GET /api/settings/history': { who: 'admin' },
  'POST /api/settings/rollback': { who: 'admin', body: () => ({ revision: 1 }) },
  'PUT /api/settings/branding/:image': { who: 'admin', ...brandImage, body: image },
  'DELETE /api/settings/branding/:image': { who: 'admin', ...brandImage, status: 200 },
  'POST /api/attachments/refresh': { who: 'admin' },

  'GET /api/providers': { who: 'admin' },
  'GET /api/connections': { who: 'admin' },
  'POST /api/connections': {
    who: 'admin',
    body: () => ({ provider: 'openai', baseUrl: 'https://api.openai.com', modelIds: ['x'] }),
    status: 201,
  },
  'GET /api/connections/export': { who: 'admin' },
  'POST /api/connections/import': { who: 'admin', body: () => ({ items: [] }) },
  'POST /api/connections/verify': {
    who: 'admin',
    body: () => ({ provider: 'openai', baseUrl: 'http://127.0.0.1:1/v1', auth: 'none' }),
  },
  'GET /api/connections/:id': connection,
  'PATCH /api/connections/:id': { ...connection, body: () => ({ name: 'Renamed' }) },
  'DELETE /api/connections/:id': connection,
  'POST /api/connections/:id/verify': { ...connection, body: () => ({}) },
  'POST /api/connections/:id/refresh': connection,
  'POST /api/models/refresh': { who: 'admin' },
  'PATCH /api/models': {
    who: 'admin',
    body: (own) => ({ ids: [own.modelId], patch: { label: 'A label' } }),
  },
  'PATCH /api/models/:id': { ...model, body: () => ({ label: 'A label' }) },
  'DELETE /api/models/:id/overrides': { ...model, status: 200 },
  'POST /api/models/overrides/delete': { who: 'admin', body: (own) => ({ ids: [own.modelId] }) },
  'GET /api/models/export': { who: 'admin' },
  'POST /api/models/import': { who: 'admin', body: () => ({ items: [] }) },
}
