import { atMost, type Figure } from '../figures.ts'
import { median } from '../samples.ts'
import { laterTokens, perThousand, sentAt } from './crowd.ts'
import { onGateways, warmUp, type GatewayStage } from './gateways.ts'
import { modelOf, steadyLoad, type LoadPlan } from './load.ts'
import { added, columnsOf, inTurns, mapDoors, spreads, type PerDoor } from './perform.ts'
import { atOnce, fastModel, tokensPerSecond } from './throughput.ts'

interface GatewayPlan extends LoadPlan {
  rounds: number
}

const paceMs = 20
const one: GatewayPlan = { k: 1, tokens: 25, paceMs, timed: 15, rounds: 4 }
const fifty: GatewayPlan = { k: 50, tokens: 400, paceMs, timed: 100, rounds: 2 }
const laterMsMax = 3
const fastRounds = 2

interface Seen {
  first: PerDoor<number[]>
  later: PerDoor<number[]>
  cpu: PerDoor<number>
}

/** Chat completions on their way through: the product beside the bare Worker and Portkey. */
export async function measureGateway(): Promise<Figure[]> {
  return onGateways([modelOf(one), modelOf(fifty), fastModel], async (stage) => {
    await warmUp(stage.doors, modelOf(one))
    const alone = await see(stage, one)
    const crowd = await see(stage, fifty)
    const fast = await inTurns(stage.doors, fastRounds, tokensPerSecond)
    return [
      ...timesOf(alone, one),
      ...timesOf(crowd, fifty),
      cpuFigure(crowd.cpu),
      {
        measure: `chat completions, tokens per second, ${atOnce} streams`,
        unit: 'tok/s',
        ...columnsOf(mapDoors(fast, median)),
      },
    ]
  })
}

/** Responses that are kept, through an object each. The product promises nothing for them. */
export async function measureResponses(): Promise<Figure[]> {
  return onGateways([modelOf(one), modelOf(fifty)], async ({ direct, api }) => {
    const doors = [direct, api.responses]
    await warmUp(doors, modelOf(one))
    const figures: Figure[] = []
    for (const plan of [one, fifty]) {
      const loads = await inTurns(doors, 1, (door) => steadyLoad(door, plan))
      const first = mapDoors(loads, (rounds) => rounds.flatMap(({ firstTokenMs }) => firstTokenMs))
      figures.push({
        measure: `kept responses, first token, k=${plan.k}, p50 / p99`,
        unit: 'ms',
        ...columnsOf(spreads(first)),
        note: `${first.product?.length} samples`,
      })
    }
    return figures
  })
}

async function see({ upstream, doors }: GatewayStage, plan: GatewayPlan): Promise<Seen> {
  const results = await inTurns(doors, plan.rounds, async (door) => {
    await upstream.forget()
    const load = await steadyLoad(door, plan)
    return { ...load, laterMs: laterTokens(load, plan, await sentAt(upstream), paceMs) }
  })
  const cpu = mapDoors(results, perThousand)
  delete cpu.direct
  return {
    first: mapDoors(results, (rounds) => rounds.flatMap(({ firstTokenMs }) => firstTokenMs)),
    later: mapDoors(results, (rounds) => rounds.flatMap(({ laterMs }) => laterMs)),
    cpu,
  }
}

function timesOf({ first, later }: Seen, { k }: GatewayPlan): Figure[] {
  const own = added(first)
  const ownLater = added(later)
  const other = own.portkey?.[0] ?? Number.NaN
  const isGoal = k > 1
  const ratio = (own.product[0] ?? Number.NaN) / other
  return [
    {
      measure: `chat completions, first token, k=${k}, p50 / p99`,
      unit: 'ms',
      ...columnsOf(spreads(first)),
      note: `${first.product?.length} samples`,
    },
    {
      measure: '… added to the direct answer',
      unit: 'ms',
      ...own,
      ...(isGoal && { goal: atMost(ratio, 1, ' × Portkey') }),
      note: `${ratio.toFixed(2)} × Portkey's median`,
    },
    {
      measure: `chat completions, later token, k=${k}, added, p50 / p99`,
      unit: 'ms',
      ...ownLater,
      ...(isGoal && { goal: atMost(ownLater.product, [laterMsMax]) }),
      note: 'each token against the timetable of the upstream',
    },
  ]
}

function cpuFigure(cpu: PerDoor<number>): Figure {
  const columns = columnsOf(cpu)
  const ratio = columns.product / (columns.portkey ?? Number.NaN)
  const toFloor = columns.product / (columns.reader ?? Number.NaN)
  return {
    measure: `chat completions, CPU per 1,000 tokens, k=${fifty.k}`,
    unit: 'ms',
    ...columns,
    goal: atMost(ratio, 1, ' × Portkey'),
    note: `${ratio.toFixed(2)} × Portkey's, ${toFloor.toFixed(2)} × that of a bare Worker that reads and changes each piece; user and system time of workerd and of Node`,
  }
}
