import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bundleWorker } from '../../e2e/runtime/bundle.ts'
import type { Counts } from '../counting/counted.ts'
import { atMost, type Figure } from '../figures.ts'
import { readAnswer } from './answer.ts'
import { newKey } from './load.ts'
import { startProductDoor, type ProductDoor } from './stage.ts'
import { startUpstream } from './upstream-process.ts'

/** 800 tokens in 20 seconds. */
const model = 'pace:25:800'
const short = 'tokens:20'
/** Longer than the product trusts what it has read of settings and sessions. */
const restMs = 3_000

/**
 * What one answer writes and asks. The Worker runs inside a module that replaces the platform's own
 * methods by counting ones, so nothing in the product knows of it and nothing is estimated.
 */
export async function measureRows(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'aichat-bench-rows-'))
  const script = bundleWorker(folder, 'bench/counting/counting-worker.ts')
  const upstream = await startUpstream()
  const door = await startProductDoor(script, join(folder, 'state'), upstream.baseUrl, [
    model,
    short,
  ])
  try {
    await answer(door, short)
    const warm = await answer(door, short)
    await sleep(restMs)
    const rested = await answer(door, short)
    const { counts, replyId } = await answer(door, model)
    await door.visitors[0]!.fetch(`/bench/expire?reply=${replyId}`)
    const expiry = await take(door)
    return [...rowFigures(counts, expiry), ...tripFigures(warm.counts, rested.counts)]
  } finally {
    await door.runtime.stop()
    upstream.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function answer(door: ProductDoor, name: string) {
  await take(door)
  const { body, question } = door.send(name, newKey())
  await readAnswer(question)
  // What is written after the end belongs to it.
  await sleep(500)
  return { replyId: body.replyId, counts: await take(door) }
}

async function take(door: ProductDoor): Promise<Counts> {
  const response = await fetch(`${door.runtime.origin}/bench/counts`)
  return (await response.json()) as Counts
}

function rowFigures(counts: Counts, expiry: Counts): Figure[] {
  const written = ({ objectRows, alarms, emptied }: Counts) => objectRows + alarms + emptied
  const inObject = written(counts) + written(expiry)
  return [
    {
      measure: 'rows written in the object, 800 tokens in 20 s',
      unit: 'rows',
      product: inObject,
      goal: atMost(inObject, 120),
      note:
        `${counts.objectRows} by statements and ${counts.alarms} alarms until it was settled, ` +
        `${written(expiry)} to delete it later; counted at SqlStorage and setAlarm`,
    },
    {
      measure: 'rows written in D1 for it',
      unit: 'rows',
      product: counts.databaseRows,
      goal: atMost(counts.databaseRows, 30),
      note: 'rows_written of every result, the first message of a new conversation; aim 16',
    },
  ]
}

function tripFigures(warm: Counts, rested: Counts): Figure[] {
  const trips = rested.tripsBeforeProvider ?? Number.NaN
  return [
    {
      measure: 'D1 round trips before the provider is called',
      unit: 'trips',
      product: trips,
      goal: atMost(trips, 3),
      note: `after three seconds of silence; ${warm.tripsBeforeProvider} at once after another`,
    },
  ]
}
