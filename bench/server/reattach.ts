import { setTimeout as sleep } from 'node:timers/promises'
import { atMost, type Figure } from '../figures.ts'
import { quantile, spreadOf } from '../samples.ts'
import { readAnswer, type Question } from './answer.ts'
import { modelOf, newKey } from './load.ts'
import { onStage, type ProductDoor } from './stage.ts'

const plan = { tokens: 5_000, paceMs: 10 }
const answers = 20
/** Readers come back when four fifths are written: one saw nothing, others a part of it. */
const attachAfterMs = 0.8 * plan.tokens * plan.paceMs
const seenShares = [0, 0, 0.5, 0.9, 0.99]

/** The comment that opens every stream, behind which the log begins. */
const opening = ': ok\n\n'

interface Running {
  url: string
  cookie: string
  /** Where in the body the frame of each seq ends. */
  ends: number[]
  over: Promise<unknown>
}

interface CaughtUp {
  ms: number
  /** Bytes beyond those that were missed. */
  extraBytes: number
}

/** Readers who come back to answers that are being written, all five of one at the same moment. */
export async function measureReattach(): Promise<Figure[]> {
  const play = ({ product }: { product: ProductDoor }) => reattach(product)
  return onStage([modelOf(plan)], play, ['product'])
}

async function reattach(product: ProductDoor): Promise<Figure[]> {
  const running = Array.from({ length: answers }, () => begin(product))
  await sleep(attachAfterMs)
  const caughtUp: Promise<CaughtUp>[] = []
  for (const answer of running) {
    caughtUp.push(...seenShares.map((share) => catchUp(answer, share)))
    await sleep(100)
  }
  const results = await Promise.all(caughtUp)
  await Promise.all(running.map(({ over }) => over))
  const { p50, p99 } = spreadOf(results.map(({ ms }) => ms))
  const extra = quantile(
    results.map(({ extraBytes }) => extraBytes),
    1,
  )
  return [
    {
      measure: `caught up with a running answer, ${answers} × ${seenShares.length} readers, p50 / p99`,
      unit: 'ms',
      product: [p50, p99],
      goal: atMost([p50, p99], [30, 100]),
    },
    {
      measure: '… bytes beyond those missed, the most',
      unit: 'bytes',
      product: extra,
      goal: atMost(extra, 1_024),
    },
  ]
}

function begin(product: ProductDoor): Running {
  const { visitor, body, question } = product.send(modelOf(plan), newKey())
  const ends: number[] = []
  const onFrame = (frame: string, bytes: number) => {
    const seq = seqOf(frame)
    if (seq > 0) ends[seq] = bytes
  }
  const url = `${product.runtime.origin}/api/chat/stream/${body.replyId}`
  return { url, cookie: visitor.cookie, ends, over: readAnswer(question, { onFrame }) }
}

async function catchUp({ url, cookie, ends }: Running, share: number): Promise<CaughtUp> {
  const latest = ends.length - 1
  const after = Math.floor(latest * share)
  const missed = ends[latest]! - (ends[after] ?? opening.length)
  const headers = { cookie, 'last-event-id': String(after) }
  const leaving = new AbortController()
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const onFrame = (frame: string, bytes: number, at: number) => {
      if (seqOf(frame) < latest) return
      resolve({ ms: at - startedAt, extraBytes: bytes - missed })
      leaving.abort()
    }
    const question: Question = { url, headers }
    readAnswer(question, { onFrame, signal: leaving.signal }).catch(reject)
  })
}

function seqOf(frame: string): number {
  return Number(/^id: (\d+)/.exec(frame)?.[1] ?? 0)
}
