import type { Section } from './words.ts'
import { imageFile, imageReply } from './images.ts'

export const accounts: Section = {
  name: 'Accounts',
  description: 'Signing up and in, sessions, and what belongs to one’s own account.',
  endpoints: {
    'POST /api/auth/sign-up': {
      summary: 'Create an account and, where it needs no approval, sign in with it.',
      description:
        'The first account of an installation becomes its administrator, and needs the setup token where the deployment has one. Whether later accounts have to be approved is a setting.',
      refuses: [
        'registration_closed',
        'setup_token_required',
        'username_taken',
        'weak_password',
        'rate_limited',
      ],
    },
    'POST /api/auth/sign-in': {
      summary: 'Sign in with a username and a password.',
      description:
        'Answers with a session cookie. What a guest has written moves to the account, unless `keepGuestConversations` is false.',
      refuses: ['wrong_credentials', 'account_pending', 'account_rejected', 'account_disabled'],
    },
    'POST /api/auth/sign-out': { summary: 'End this session and clear its cookie.' },
    'GET /api/auth/sessions': { summary: 'List one’s own sessions.' },
    'DELETE /api/auth/sessions/:id': { summary: 'End one of one’s own sessions.' },
    'DELETE /api/auth/sessions': { summary: 'End all of one’s own sessions but this one.' },
    'PUT /api/auth/password': {
      summary: 'Change one’s own password, which ends all other sessions.',
      refuses: ['wrong_credentials', 'weak_password'],
    },
    'GET /api/me': {
      summary: 'Say who is calling, what they may do and what they have left.',
      description:
        'A visitor becomes a guest with this request, where guests are welcome; elsewhere `actor` is null.',
    },
    'PATCH /api/me': {
      summary: 'Change one’s own username or preferences.',
      refuses: ['username_taken'],
    },
    'DELETE /api/me': {
      summary: 'Delete one’s own account and all that belongs to it.',
      refuses: ['wrong_credentials', 'last_admin'],
    },
    'GET /api/me/quota': { summary: 'Say how much of today’s quota is left.' },
    'PUT /api/me/avatar': {
      summary: 'Set one’s own picture: a PNG, JPEG or WebP.',
      refuses: imageFile,
    },
    'DELETE /api/me/avatar': { summary: 'Remove one’s own picture.', refuses: ['not_found'] },
    'GET /api/users/:id/avatar': {
      summary: 'Read the picture of an account: one’s own or, for administrators, anybody’s.',
      ...imageReply,
    },
  },
}
