import { setTimeout as sleep } from 'node:timers/promises'
import { cpuMs } from '../process-usage.ts'
import { readAnswer } from './answer.ts'
import type { Door } from './stage.ts'

export interface LoadPlan {
  /** Answers running at once. */
  k: number
  tokens: number
  paceMs: number
  /** How many first tokens are timed, once `k` answers run. */
  timed: number
}

/** Tokens `from` … `to` of the answer to `key`, arrived at `at`, in milliseconds since 1970. */
export interface Arrival {
  key: string
  from: number
  to: number
  at: number
}

export interface LoadResult {
  firstTokenMs: number[]
  arrivals: Arrival[]
  /** While `k` answers ran: time the door's processes computed, and what came out. */
  cpuMs: number
  tokens: number
}

export function modelOf({ tokens, paceMs }: Pick<LoadPlan, 'tokens' | 'paceMs'>): string {
  return `pace:${paceMs}:${tokens}`
}

let asked = 0

/** A text no other question has. */
export function newKey(): string {
  return `question ${++asked}`
}

/**
 * `k` answers at once, begun evenly over the time one takes: whenever one ends the next begins.
 * Timed is only what begins once `k` are running; what runs out at the end is not measured.
 */
export async function steadyLoad(door: Door, plan: LoadPlan): Promise<LoadResult> {
  const { k, tokens, paceMs, timed } = plan
  const intervalMs = (tokens * paceMs) / k
  const result: LoadResult = { firstTokenMs: [], arrivals: [], cpuMs: 0, tokens: 0 }
  const begin = performance.now() + 100
  const at = (index: number) => sleep(Math.max(0, begin + index * intervalMs - performance.now()))
  const answers: Promise<void>[] = []
  let isTiming = false
  for (let index = 0; index < k + timed; index++) {
    await at(index)
    if (index === k) {
      isTiming = true
      result.cpuMs = -cpuMs(door.pids)
    }
    const key = newKey()
    const onText = (text: string, when: number) => {
      if (!isTiming) return
      const { from, to } = tokensIn(text)
      result.tokens += to - from + 1
      result.arrivals.push({ key, from, to, at: performance.timeOrigin + when })
    }
    const isTimed = isTiming
    const answer = readAnswer(door.ask(modelOf(plan), key), { onText })
    answers.push(
      answer.then(({ startedAt, firstAt }) => {
        if (isTimed) result.firstTokenMs.push(firstAt - startedAt)
      }),
    )
  }
  await at(k + timed)
  result.cpuMs += cpuMs(door.pids)
  isTiming = false
  await Promise.all(answers)
  return result
}

/** The fake upstream numbers its tokens: "t0 t1 t2 …". */
function tokensIn(text: string): { from: number; to: number } {
  const to = Number(text.slice(text.lastIndexOf('t') + 1))
  let count = 0
  for (let at = text.indexOf('t'); at >= 0; at = text.indexOf('t', at + 1)) count++
  return { from: to - count + 1, to }
}
