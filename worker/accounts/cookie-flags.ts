import type { AppContext } from '../platform/serve.ts'

// Plain http on a LAN must be able to sign in, so `Secure` and `__Host-` follow the request.
function isHttps(context: AppContext): boolean {
  return new URL(context.req.url).protocol === 'https:'
}

export function cookieName(context: AppContext, name: 'session' | 'guest'): string {
  return isHttps(context) ? `__Host-${name}` : name
}

export function cookieFlags(context: AppContext) {
  return { httpOnly: true, sameSite: 'Lax', path: '/', secure: isHttps(context) } as const
}
