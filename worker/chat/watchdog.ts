import { Fault } from '../platform/fault.ts'
import type { RunLimits } from './generation-order.ts'

/**
 * Ends a provider call that takes too long: no byte within the grace, silence in the middle, or the
 * whole generation over its time. One timer is set anew when it fires, so a byte costs no timer.
 */
export class Watchdog {
  readonly #limits: RunLimits
  readonly #onExpire: (fault: Fault) => void
  readonly #startedAt: number
  readonly #endsAt: number
  #byteAt: number | null = null
  #timer: ReturnType<typeof setTimeout> | null = null
  /** Reasoning models pause longer between two thoughts than between two words. */
  isReasoning = false

  constructor(limits: RunLimits, acceptedAt: number, onExpire: (fault: Fault) => void) {
    this.#limits = limits
    this.#onExpire = onExpire
    this.#startedAt = Date.now()
    this.#endsAt = acceptedAt + limits.timeoutMs
    this.#arm()
  }

  /** Bytes came from the provider. */
  alive(): void {
    const isFirst = this.#byteAt === null
    this.#byteAt = Date.now()
    // The grace may be far longer than the silence allowed from now on.
    if (isFirst) this.#arm()
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #deadline(): { at: number; code: 'provider_timeout' | 'provider_stalled' } {
    const { initialGraceMs, idleMs, reasoningIdleMs } = this.#limits
    const silence =
      this.#byteAt === null
        ? ({ at: this.#startedAt + initialGraceMs, code: 'provider_timeout' } as const)
        : ({
            at: this.#byteAt + (this.isReasoning ? reasoningIdleMs : idleMs),
            code: 'provider_stalled',
          } as const)
    return this.#endsAt <= silence.at ? { at: this.#endsAt, code: 'provider_timeout' } : silence
  }

  #arm(): void {
    this.stop()
    const wait = Math.max(0, this.#deadline().at - Date.now())
    this.#timer = setTimeout(() => this.#check(), wait)
  }

  #check(): void {
    const { at, code } = this.#deadline()
    if (Date.now() < at) this.#arm()
    else this.#onExpire(new Fault(code, { isTotal: at === this.#endsAt }))
  }
}
