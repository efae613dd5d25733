import type { Keepalive } from '../contract/generation-events.ts'
import type { Followed } from './follow-log.ts'

/** What readers of a generation are sent beside its events: that it is there, and what it does. */
export const generationSigns: Pick<Followed, 'opening' | 'sign'> = {
  opening: ': ok\n\n',
  sign({ phase, at, retryAt, cause }) {
    const keepalive: Keepalive = {
      type: 'keepalive',
      phase,
      idleMs: Math.max(0, Date.now() - at),
      ...(retryAt !== undefined && { retryAt }),
      ...(cause !== undefined && { cause }),
    }
    return `data: ${JSON.stringify(keepalive)}\n\n`
  },
}
