import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { atMost, type Figure } from '../figures.ts'
import { cpuMs, residentBytes } from '../process-usage.ts'
import { readAnswer } from './answer.ts'
import { apiDoors, warmUp } from './gateways.ts'
import { modelOf, newKey } from './load.ts'
import { onStage, type Door } from './stage.ts'

const streams = 1_000
/** A model that thinks about each word, for longer than all streams take to begin and are held. */
const plan = { tokens: 75, paceMs: 1_000 }
const beginMs = 10_000
const looksAtMs = [30_000, 59_000] as const
const heldMs = 60_000
const fast = 'tokens:100'

interface Held {
  errors: string[]
  /** How many were open when all had begun, and when the minute was over. */
  open: number[]
  /** Kilobytes for each stream, at each look. */
  memory: number[]
  /** The share of one processor. */
  cpuShare: number
}

/** A thousand chat completions at once, each slow, held open for a minute. */
export async function measureStreams(): Promise<Figure[]> {
  requireFiles(streams * 3)
  return onStage(
    [modelOf(plan), fast],
    async ({ product }) => {
      const { chat } = await apiDoors(product)
      for (let round = 0; round < 20; round++) await warmUp([chat], fast)
      return figuresOf(await hold(chat))
    },
    ['product'],
  )
}

async function hold(door: Door): Promise<Held> {
  const before = residentBytes(door.pids)
  const held: Held = { errors: [], open: [], memory: [], cpuShare: 0 }
  let open = 0
  const answers: Promise<void>[] = []
  const begunAt = performance.now()
  for (let index = 0; index < streams; index++) {
    const dueAt = begunAt + (index * beginMs) / streams
    await sleep(Math.max(0, dueAt - performance.now()))
    open++
    const answer = readWhole(door)
      .catch((error: unknown) => void held.errors.push(String(error)))
      .finally(() => open--)
    answers.push(answer)
  }
  held.open.push(open)
  const heldFrom = performance.now()
  const untilHeld = (ms: number) => sleep(Math.max(0, heldFrom + ms - performance.now()))
  const spentBefore = cpuMs(door.pids)
  for (const ms of looksAtMs) {
    await untilHeld(ms)
    held.memory.push((residentBytes(door.pids) - before) / streams / 1_024)
  }
  await untilHeld(heldMs)
  held.cpuShare = (cpuMs(door.pids) - spentBefore) / heldMs
  held.open.push(open)
  await Promise.all(answers)
  return held
}

/** Reads a stream of which nothing may be missing. */
async function readWhole(door: Door): Promise<void> {
  let text = ''
  let last = ''
  await readAnswer(door.ask(modelOf(plan), newKey()), {
    onText: (piece) => (text += piece),
    onFrame: (frame) => (last = frame),
  })
  const whole = Array.from({ length: plan.tokens }, (_, index) => `t${index}`).join(' ')
  if (text !== whole) throw new Error(`It ended behind ${text.slice(-8)}: ${last}`)
  if (last !== 'data: [DONE]') throw new Error(`Its last frame was ${last}`)
}

function figuresOf({ errors, open, memory, cpuShare }: Held): Figure[] {
  const [first] = errors
  return [
    {
      measure: `errors of ${streams} streams held for ${heldMs / 1_000} s`,
      unit: '',
      product: errors.length,
      goal: atMost(errors.length, 0),
      note: `${open.join(', then ')} were open${first ? `; ${first}` : ''}`,
    },
    { measure: '… memory for each, at 30 s / at 59 s', unit: 'KB', product: memory },
    {
      measure: '… computing, of one processor',
      unit: '%',
      product: cpuShare * 100,
      note: `for ${streams} tokens a second`,
    },
  ]
}

/** Every stream is a file here and two in the runtime. */
function requireFiles(count: number): void {
  const limits = readFileSync('/proc/self/limits', 'utf8')
  const soft = Number(/^Max open files +(\d+)/m.exec(limits)?.[1] ?? Infinity)
  if (soft < count) throw new Error(`Too few open files are allowed: ulimit -n ${count}`)
}
