import { tokensOf } from '../chat/tokens.ts'
import type { ProviderEvent, ProviderUsage } from '../providers/provider.ts'

/** What a call has come to so far: by what it is charged, whoever ends it. */
export class CallAccount {
  readonly startedAt: number
  /** What the prompt takes by our own count, where the provider does not say. */
  readonly promptTokens: number
  usage: ProviderUsage | null = null
  firstAt: number | null = null
  attempts = 0
  /** Whether what comes now is thought, which may pause for longer than an answer. */
  isReasoning = false
  #outputTokens = 0

  constructor(startedAt: number, promptTokens: number) {
    this.startedAt = startedAt
    this.promptTokens = promptTokens
  }

  /** Whether anything of an answer has come; what comes to nothing costs nothing. */
  get hasProduced(): boolean {
    return this.firstAt !== null
  }

  /** Notes text, reasoning or a tool call of so many tokens. */
  produce(tokens: number, isReasoning = false): void {
    this.firstAt ??= Date.now()
    this.isReasoning = isReasoning
    this.#outputTokens += tokens
  }

  note(event: ProviderEvent): void {
    if (event.type === 'usage') this.usage = event.usage
    else if (event.type === 'content' || event.type === 'reasoning') {
      this.produce(tokensOf(event.content), event.type === 'reasoning')
    } else if (event.type === 'tool-call') this.produce(tokensOf(event.call.arguments) + 8)
  }

  /** The provider's figures, or our own where it gives none. */
  settled(providerOnly: boolean): { usage: ProviderUsage; source: 'provider' | 'estimate' } {
    const told = this.usage
    const isTold = told !== null && ((told.inputTokens ?? 0) > 0 || (told.outputTokens ?? 0) > 0)
    if (isTold) {
      const { inputTokens, outputTokens, totalTokens } = told
      const total = totalTokens ?? (inputTokens ?? 0) + (outputTokens ?? 0)
      return { usage: { ...told, totalTokens: total }, source: 'provider' }
    }
    const nothing = { reasoningTokens: null, cachedTokens: null }
    if (providerOnly) {
      const usage = { inputTokens: null, outputTokens: null, totalTokens: null, ...nothing }
      return { usage, source: 'provider' }
    }
    const inputTokens = this.hasProduced ? this.promptTokens : 0
    const outputTokens = this.#outputTokens
    const totalTokens = inputTokens + outputTokens
    return { usage: { inputTokens, outputTokens, totalTokens, ...nothing }, source: 'estimate' }
  }
}
