import { imageFile, imageReply } from './images.ts'
import type { Section } from './words.ts'

const state = ['conflict', 'own_account', 'last_admin'] as const

export const apiKeys: Section = {
  name: 'API keys',
  description: 'Keys for programs that use the API under `/v1`.',
  endpoints: {
    'GET /api/api-keys': {
      summary: 'List one’s own keys, newest first.',
      description: 'With `all` administrators are shown everybody’s.',
      refuses: ['forbidden'],
    },
    'POST /api/api-keys': {
      summary: 'Make a key; this reply is the only one that holds it.',
      refuses: ['conflict'],
    },
    'PATCH /api/api-keys/:id': { summary: 'Change a key’s name, end, models or limits.' },
    'DELETE /api/api-keys/:id': { summary: 'Revoke a key within five seconds.' },
    'GET /api/users/:id/api-keys': { summary: 'List the keys of an account.' },
    'DELETE /api/users/:id/api-keys/:keyId': { summary: 'Revoke a key of an account.' },
  },
}

export const users: Section = {
  name: 'Users',
  description: 'Accounts and their limits, for administrators.',
  endpoints: {
    'GET /api/users': { summary: 'Find accounts, page by page; pending ones come first.' },
    'POST /api/users': {
      summary: 'Create an account for somebody.',
      refuses: ['username_taken', 'weak_password'],
    },
    'GET /api/users/:id': { summary: 'Read an account, its limits and how much it is used.' },
    'PATCH /api/users/:id': {
      summary: 'Change an account’s name or role.',
      refuses: ['username_taken', 'own_account', 'last_admin'],
    },
    'DELETE /api/users/:id': {
      summary: 'Delete an account and all that belongs to it.',
      refuses: ['own_account', 'last_admin'],
    },
    'POST /api/users/:id/approve': {
      summary: 'Approve an account that is pending or was rejected.',
      refuses: state,
    },
    'POST /api/users/:id/reject': { summary: 'Reject a pending account.', refuses: state },
    'POST /api/users/:id/disable': {
      summary: 'Disable an account, which ends its sessions and stops its replies.',
      refuses: state,
    },
    'POST /api/users/:id/enable': { summary: 'Enable a disabled account.', refuses: state },
    'PUT /api/users/:id/password': {
      summary: 'Set the password of an account, which ends all its sessions.',
      refuses: ['weak_password', 'own_account'],
    },
    'PUT /api/users/:id/limits': {
      summary: 'Set an account’s own daily limits; `default` goes back to everybody’s.',
      refuses: ['own_account'],
    },
    'POST /api/users/:id/sign-out': { summary: 'End all sessions of an account.' },
    'POST /api/users/bulk': {
      summary: 'Approve, reject, enable, disable or delete several accounts.',
      description: 'Answers for each account by itself whether it was done.',
    },
    'POST /api/quotas/reset': {
      summary: 'Set today’s counts of all guests or all users to zero.',
    },
  },
}

export const settings: Section = {
  name: 'Settings',
  description: 'How an installation behaves and what it looks like. Changes take seconds.',
  endpoints: {
    'GET /api/settings': {
      summary: 'Read the settings the caller may see.',
      description:
        'Administrators see all of them, secrets as whether they are set, and how each may be set.',
    },
    'PATCH /api/settings': {
      summary: 'Change settings, all of those given or none.',
      description:
        'Here null is a value, mostly “no limit”; a key named in `reset` returns to its default.',
      headers: { 'If-Match': 'The revision of the settings the change is meant for.' },
      refuses: ['revision_conflict'],
    },
    'GET /api/settings/history': { summary: 'List the changes of settings, newest first.' },
    'POST /api/settings/rollback': {
      summary: 'Return all settings to what they were after an earlier change.',
      refuses: ['revision_conflict'],
    },
    'GET /api/settings/branding': {
      summary: 'Read what a page needs before anybody has signed in.',
    },
    'GET /api/settings/branding/:image': { summary: 'Read an image of the brand.', ...imageReply },
    'PUT /api/settings/branding/:image': {
      summary: 'Set an image of the brand: a PNG, JPEG or WebP.',
      refuses: imageFile,
    },
    'DELETE /api/settings/branding/:image': {
      summary: 'Return an image of the brand to the built-in one.',
    },
  },
}
