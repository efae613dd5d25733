import type { AppContext } from '../platform/serve.ts'

/** What bears on a call to a provider beside its connection. */
export interface Circumstances {
  allowPrivateHosts: boolean
  now: number
}

export function circumstances(context: AppContext): Circumstances {
  return {
    allowPrivateHosts: context.get('settings')['provider.allowPrivateHosts'],
    now: Date.now(),
  }
}
