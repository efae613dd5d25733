import type { AddressGuard } from './address-guard.ts'
import { Fault } from './fault.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { networkFailure } from './network-failure.ts'
import type { Upstream } from './upstream.ts'

interface UpstreamOptions {
  /** Ends every call; what it was aborted with is what a call then throws. */
  signal: AbortSignal
  guard: AddressGuard
  alive: () => void
  /** What is sent of a body, where that is more than fits into a text. */
  bodyOf?: (body: string) => string | ReadableStream<Uint8Array>
}

/** The world as one run may reach it. A call without an answer throws `provider_unavailable`. */
export function createUpstream({ signal, guard, alive, bodyOf }: UpstreamOptions): Upstream {
  return {
    alive,
    async fetch(url, init) {
      try {
        return await guardedFetch(url, { ...init, signal, ...(bodyOf && { bodyOf }) }, guard)
      } catch (error) {
        if (error instanceof Fault) throw error
        signal.throwIfAborted()
        const message = await networkFailure(error, url)
        throw new Fault(
          'provider_unavailable',
          { provider: { status: 0, message } },
          { cause: error },
        )
      }
    },
  }
}
