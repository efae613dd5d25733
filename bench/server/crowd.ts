import { atMost, both, type Figure, type Goal } from '../figures.ts'
import { spreadOf } from '../samples.ts'
import { readAnswer } from './answer.ts'
import { modelOf, newKey, steadyLoad, type LoadPlan, type LoadResult } from './load.ts'
import { added, columnsOf, inTurns, mapDoors, spreads, type PerDoor } from './perform.ts'
import { onStage, type Door } from './stage.ts'

/** `stream.coalesceMs` as it is set unless somebody changes it. */
const windowMs = 250
/** The flushes with shorter windows are over by then. */
const steadyAfterMs = 2_000

interface CrowdPlan extends LoadPlan {
  rounds: number
  firstTokenMax: [number, number]
  /** How many times the floor's median the product's may be. */
  floorRatioMax?: number
  /** Likewise of the floor's computing time. */
  cpuRatioMax?: number
}

export const fifty: CrowdPlan = {
  k: 50,
  tokens: 400,
  paceMs: 20,
  timed: 100,
  rounds: 2,
  firstTokenMax: [25, 100],
  floorRatioMax: 5,
  cpuRatioMax: 1.5,
}

export const twoHundred: CrowdPlan = {
  k: 200,
  tokens: 400,
  paceMs: 50,
  timed: 200,
  rounds: 1,
  firstTokenMax: [80, 400],
}

/** First and later tokens, and what they cost, while `k` answers run. */
export async function measureCrowd(plan: CrowdPlan): Promise<Figure[]> {
  return onStage([modelOf(plan)], async ({ doors, upstream }) => {
    for (const door of doors) await warmUp(door, plan)
    const results = await inTurns(doors, plan.rounds, async (door) => {
      await upstream.forget()
      const load = await steadyLoad(door, plan)
      return { ...load, laterMs: laterTokens(load, plan, await sentAt(upstream), steadyAfterMs) }
    })
    const first = mapDoors(results, (rounds) => rounds.flatMap(({ firstTokenMs }) => firstTokenMs))
    const later = mapDoors(results, (rounds) => rounds.flatMap(({ laterMs }) => laterMs))
    const cpu = mapDoors(results, perThousand)
    delete cpu.direct
    return [...firstTokens(first, plan), ...laterFigures(later, plan), cpuFigure(cpu, plan)]
  })
}

async function warmUp(door: Door, plan: LoadPlan): Promise<void> {
  const answers = Array.from({ length: 5 }, () => readAnswer(door.ask(modelOf(plan), newKey())))
  await Promise.all(answers)
}

/** When the upstream sent the first token of each question. */
export async function sentAt(upstream: {
  calls(): Promise<SentCall[]>
}): Promise<Map<string, number>> {
  const sent = new Map<string, number>()
  for (const { messages, firstByteAt } of await upstream.calls()) {
    const key = messages.at(-1)?.content
    if (typeof key === 'string' && firstByteAt !== null) sent.set(key, firstByteAt)
  }
  return sent
}

interface SentCall {
  messages: readonly { content: unknown }[]
  firstByteAt: number | null
}

/** How late tokens due after `fromMs` were by the upstream's own timetable, each token counted. */
export function laterTokens(
  load: LoadResult,
  plan: LoadPlan,
  sent: Map<string, number>,
  fromMs: number,
): number[] {
  const late: number[] = []
  for (const { key, from, to, at } of load.arrivals) {
    const firstSentAt = sent.get(key)
    if (firstSentAt === undefined) continue
    for (let token = from; token <= to; token++) {
      const dueMs = token * plan.paceMs
      if (dueMs >= fromMs) late.push(at - (firstSentAt + dueMs))
    }
  }
  return late
}

/** Time computed for each thousand tokens, in milliseconds. */
export function perThousand(rounds: readonly LoadResult[]): number {
  const spent = rounds.reduce((sum, { cpuMs }) => sum + cpuMs, 0)
  const tokens = rounds.reduce((sum, load) => sum + load.tokens, 0)
  return (spent / tokens) * 1_000
}

function firstTokens(samples: PerDoor<number[]>, plan: CrowdPlan): Figure[] {
  const { k, firstTokenMax, floorRatioMax } = plan
  const ratio = (spreads(samples).product?.[0] ?? 0) / (spreads(samples).object?.[0] ?? 1)
  let goal: Goal = atMost(added(samples).product, firstTokenMax)
  if (floorRatioMax) goal = both(goal, atMost(ratio, floorRatioMax, ' × object'))
  return [
    {
      measure: `first token, k=${k} at ${1_000 / plan.paceMs} tok/s, p50 / p99`,
      unit: 'ms',
      ...columnsOf(spreads(samples)),
    },
    {
      measure: '… added to the direct answer',
      unit: 'ms',
      ...added(samples),
      goal,
      note: `${ratio.toFixed(1)} × the object's median, ${spreadOf(samples.product ?? []).count} samples`,
    },
  ]
}

function laterFigures(samples: PerDoor<number[]>, { k }: CrowdPlan): Figure[] {
  const spread = columnsOf(spreads(samples))
  const own = added(samples)
  return [
    {
      measure: `later token, k=${k}, added, p50 / p99`,
      unit: 'ms',
      ...own,
      ...(spread.direct && { direct: spread.direct }),
      goal: atMost(own.product, [windowMs / 2 + 20, windowMs + 100]),
      note: 'each token against the timetable of the upstream; direct is its own lateness',
    },
  ]
}

function cpuFigure(cpu: PerDoor<number>, { k, cpuRatioMax }: CrowdPlan): Figure {
  const columns = columnsOf(cpu)
  const ratio = columns.product / (columns.object ?? Number.NaN)
  return {
    measure: `CPU per 1,000 tokens, k=${k}`,
    unit: 'ms',
    ...columns,
    ...(cpuRatioMax && { goal: atMost(ratio, cpuRatioMax, ' × object') }),
    note: `${ratio.toFixed(2)} × the object's; user and system time of workerd`,
  }
}
