import { setTimeout as sleep } from 'node:timers/promises'
import { atMost, type Figure } from '../figures.ts'
import { residentBytes } from '../process-usage.ts'
import { median } from '../samples.ts'
import { readAnswer } from './answer.ts'
import { modelOf, newKey } from './load.ts'
import { columnsOf, type PerDoor } from './perform.ts'
import { onStage, type Door } from './stage.ts'

const open = 50
const paceMs = 100
const warmUp = 'tokens:100'
/** Five minutes, and a while to begin and to look. */
const firstWave = { tokens: 3_300, paceMs }
const secondWave = { tokens: 400, paceMs }
const settleMs = 15_000
const lookMs = 10_000

interface Memory {
  /** Kilobytes for each open answer. */
  fresh: number
  second: number
  /** What the first wave held after five minutes beyond what it held at first. */
  growth: number
}

/** Memory of the runtime for each open answer, in a fresh process and when it has been warm. */
export async function measureMemory(): Promise<Figure[]> {
  const models = [warmUp, modelOf(firstWave), modelOf(secondWave)]
  return onStage(
    models,
    async ({ doors }) => {
      const memories: PerDoor<Memory> = {}
      // Memory is not a matter of speed, so both may go on at once.
      await Promise.all(
        doors.map(async (door) => {
          memories[door.name] = await measure(door)
        }),
      )
      return figuresOf(memories)
    },
    ['object', 'product'],
  )
}

async function measure(door: Door): Promise<Memory> {
  await readAnswer(door.ask(warmUp, newKey()))
  const before = await residentOf(door)
  const first = beginWave(door, firstWave)
  await sleep(settleMs)
  const early = await residentOf(door)
  await sleep(300_000)
  const late = await residentOf(door)
  await first
  await sleep(5_000)
  const between = await residentOf(door)
  const second = beginWave(door, secondWave)
  await sleep(settleMs)
  const again = await residentOf(door)
  await second
  const perAnswer = (bytes: number) => bytes / open / 1_024
  return {
    fresh: perAnswer(early - before),
    second: perAnswer(again - between),
    growth: perAnswer(late - early),
  }
}

async function beginWave(door: Door, plan: typeof firstWave): Promise<void> {
  const answers: Promise<unknown>[] = []
  for (let index = 0; index < open; index++) {
    answers.push(readAnswer(door.ask(modelOf(plan), newKey())))
    await sleep(100)
  }
  await Promise.all(answers)
}

/** The median over a while, since garbage comes and goes. */
async function residentOf({ pids }: Door): Promise<number> {
  const samples: number[] = []
  for (let waited = 0; waited < lookMs; waited += 250) {
    samples.push(residentBytes(pids))
    await sleep(250)
  }
  return median(samples)
}

function figuresOf(memories: PerDoor<Memory>): Figure[] {
  const row = (pick: (memory: Memory) => number) => {
    const { object, product } = memories
    return columnsOf({ ...(object && { object: pick(object) }), product: pick(product!) })
  }
  const fresh = row(({ fresh }) => fresh)
  const second = row(({ second }) => second)
  const growth = row(({ growth }) => growth)
  return [
    {
      measure: `memory for each of ${open} open answers, fresh process`,
      unit: 'KB',
      ...fresh,
      goal: atMost(fresh.product, 1_024),
    },
    { measure: '… second wave', unit: 'KB', ...second, goal: atMost(second.product, 250) },
    {
      measure: '… growth over five minutes',
      unit: 'KB',
      ...growth,
      goal: atMost(growth.product, 100),
      note: 'flat: the bound is what garbage makes of it',
    },
  ]
}
