import { describe, expect, it } from 'vitest'
import { newId } from '../contract/ids.ts'
import { Fault } from '../platform/fault.ts'
import { finalEvents, metricsOf, settledUsage, type Ending } from './final-events.ts'
import type { RunFacts } from './generation-order.ts'

const facts: RunFacts = {
  replyId: newId('message'),
  messageId: newId('message'),
  conversationId: newId('conversation'),
  ownerId: newId('user'),
  requestId: newId('request'),
  language: 'en',
  model: { id: newId('model'), name: 'm', label: 'M' },
  contextWindow: 1_000,
  quota: {
    scope: 'user',
    limit: 3,
    used: 3,
    remaining: 0,
    resetsAt: 1,
    timeZone: 'UTC',
    custom: false,
    tokens: null,
    blockedBy: 'user',
  },
  costs: true,
  acceptedAt: 1_000,
  continuedFrom: null,
  promptTokens: 40,
  limits: {
    initialGraceMs: 1,
    idleMs: 1,
    reasoningIdleMs: 1,
    timeoutMs: 1,
    retries: 1,
    fallback: true,
    coalesceMs: 1,
    heartbeatMs: 1,
  },
  emitUsage: true,
  providerUsageOnly: false,
  saveReasoning: true,
}
const ending: Ending = {
  facts,
  outcome: { type: 'ended', stop: { reason: 'stop', raw: 'stop' } },
  by: 'user',
  produced: { text: 'abcdefgh', reasoning: '' },
  usage: {
    inputTokens: 12,
    outputTokens: 9,
    reasoningTokens: null,
    cachedTokens: null,
    totalTokens: 21,
  },
  attempts: 1,
  fallback: false,
  firstDeltaAt: 1_500,
  endedAt: 3_500,
}

describe('the last events', () => {
  it('are stop, usage and complete when the reply is whole', () => {
    expect(finalEvents(ending).map(({ type }) => type)).toEqual(['stop', 'usage', 'complete'])
  })

  it('give the unit back, once, when nothing was produced', () => {
    const nothing = {
      ...ending,
      outcome: { type: 'cancelled' as const },
      produced: { text: '', reasoning: '' },
      usage: null,
      attempts: 0,
    }
    const events = finalEvents(nothing)
    expect(events.map(({ type }) => type)).toEqual(['usage', 'quota', 'cancelled'])
    expect(events[1]).toMatchObject({ quota: { used: 2, remaining: 1, blockedBy: null } })
    expect(
      finalEvents({ ...nothing, facts: { ...facts, costs: false } }).map(({ type }) => type),
    ).toEqual(['usage', 'cancelled'])
  })

  it('keep the unit of a reply that failed after it had said something', () => {
    const failed = finalEvents({
      ...ending,
      outcome: { type: 'failed', fault: new Fault('provider_stalled', { continuable: true }) },
    })
    expect(failed.map(({ type }) => type)).toEqual(['usage', 'error'])
    expect(failed[1]).toMatchObject({
      problem: { code: 'provider_stalled', status: 504, continuable: true },
    })
  })

  it('hold no usage where the installation shows none', () => {
    expect(
      finalEvents({ ...ending, facts: { ...facts, emitUsage: false } }).map(({ type }) => type),
    ).toEqual(['stop', 'complete'])
  })
})

describe('usage', () => {
  it('is the provider’s when it told', () => {
    expect(settledUsage(ending)).toMatchObject({
      inputTokens: 12,
      outputTokens: 9,
      totalTokens: 21,
      source: 'provider',
    })
  })

  it.each([
    [null],
    [
      {
        inputTokens: 0,
        outputTokens: 0,
        reasoningTokens: null,
        cachedTokens: null,
        totalTokens: 0,
      },
    ],
  ])('is estimated when it told nothing or zero (%j)', (usage) => {
    expect(settledUsage({ ...ending, usage })).toEqual({
      inputTokens: 40,
      outputTokens: 2,
      reasoningTokens: null,
      cachedTokens: null,
      totalTokens: 42,
      source: 'estimate',
    })
  })

  it('estimates the side that is missing', () => {
    const usage = {
      inputTokens: null,
      outputTokens: 9,
      reasoningTokens: null,
      cachedTokens: null,
      totalTokens: null,
    }
    expect(settledUsage({ ...ending, usage })).toMatchObject({
      inputTokens: 40,
      outputTokens: 9,
      totalTokens: 49,
      source: 'estimate',
    })
  })

  it('is unknown when only the provider’s counts and there is none', () => {
    const usage = settledUsage({
      ...ending,
      usage: null,
      facts: { ...facts, providerUsageOnly: true },
    })
    expect(Object.values(usage).filter((value) => typeof value === 'number')).toEqual([])
  })
})

describe('metrics', () => {
  it('count from acceptance, and speed from the first delta', () => {
    const usage = { ...settledUsage(ending), outputTokens: 40 }
    expect(metricsOf(ending, usage)).toMatchObject({
      firstTokenMs: 500,
      durationMs: 2_500,
      tokensPerSecond: 20,
    })
    expect(metricsOf({ ...ending, firstDeltaAt: null, endedAt: 3_000 }, usage)).toMatchObject({
      firstTokenMs: null,
      durationMs: 2_000,
      tokensPerSecond: null,
    })
  })
})
